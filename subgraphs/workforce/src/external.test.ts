import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createWorkforceSubgraph } from './index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('workforce'), createWorkforceSubgraph)));
afterAll(() => graph.close());

const entities = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on WorkerRole { workers { nodes { id role { id } } } positions { nodes { id role { id } } } } } }';

test('each role has its workers and its positions, one statement each, and none in another organisation', async () => {
  const roles = [newId('WorkerRole'), newId('WorkerRole'), newId('WorkerRole')];
  const { createDepartment } = await graph.data('mutation { createDepartment(input: { companyId: "emea", name: "Engineering" }) { department { id } } }');
  const { createTeam } = await graph.data('mutation ($id: ID!) { createTeam(input: { departmentId: $id, name: "Data" }) { team { id } } }', { id: createDepartment.department.id });
  const make = `mutation ($roleId: ID!, $teamId: ID!) {
    createWorker(input: { type: AGENT, displayName: "Agent", roleId: $roleId }) { worker { id } }
    createPosition(input: { teamId: $teamId, title: "Engineer", roleId: $roleId }) { position { id } }
  }`;
  const expected = [];
  for (const roleId of roles.slice(0, 2)) {
    const { createWorker, createPosition } = await graph.data(make, { roleId, teamId: createTeam.team.id });
    expected.push({ workers: { nodes: [{ id: createWorker.worker.id, role: { id: roleId } }] }, positions: { nodes: [{ id: createPosition.position.id, role: { id: roleId } }] } });
  }
  const nothing = { workers: { nodes: [] }, positions: { nodes: [] } };
  const representations = roles.map((id) => ({ __typename: 'WorkerRole', id }));

  graph.statements.clear();
  expect((await graph.data(entities, { representations }))._entities).toEqual([...expected, nothing]);
  expect(graph.statements.texts).toHaveLength(2);
  expect((await graph.data(entities, { representations }, anotherOrganisation))._entities).toEqual([nothing, nothing, nothing]);
});
