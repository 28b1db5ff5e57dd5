import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createWorkforceSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('workforce'), createWorkforceSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id name updatedAt } userErrors { code message path } } }';
const update = 'mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { team { id description department { name } } userErrors { code path } } }';
const remove = 'mutation ($input: DeleteTeamInput!) { deleteTeam(input: $input) { deletedId userErrors { code path } } }';
const createDepartment = 'mutation ($input: CreateDepartmentInput!) { createDepartment(input: $input) { department { id } } }';
const createWorker = 'mutation ($input: CreateWorkerInput!) { createWorker(input: $input) { worker { id } } }';

const aDepartment = async (name: string) => (await graph.data(createDepartment, { input: { companyId: 'emea', name } })).createDepartment.department.id;
const aTeam = async (departmentId: string, name: string) => (await graph.data(create, { input: { departmentId, name } })).createTeam.team;
const anAgent = async (teamId: string) => (await graph.data(createWorker, { input: { type: 'AGENT', displayName: 'Agent', teamId } })).createWorker.worker.id;

test('a team knows its department, its lead and its workers, and the workers of several teams are one statement', async () => {
  const departmentId = await aDepartment('Engineering');
  const teams = [await aTeam(departmentId, 'Data'), await aTeam(departmentId, 'Web')];
  const workers = [await anAgent(teams[0].id), await anAgent(teams[1].id)];
  await graph.data(update, { input: { id: teams[0].id, leadId: workers[1] } });
  graph.statements.clear();
  const answer = await graph.data('query ($id: ID!) { department(id: $id) { teams(orderBy: { field: NAME }) { nodes { name lead { ledTeams { totalCount } } workers { nodes { id } } } } } }', { id: departmentId });
  expect(answer.department.teams.nodes).toEqual([
    { name: 'Data', lead: { ledTeams: { totalCount: 1 } }, workers: { nodes: [{ id: workers[0] }] } },
    { name: 'Web', lead: null, workers: { nodes: [{ id: workers[1] }] } },
  ]);
  expect(graph.statements.texts.filter((text) => text.includes('unnest') && text.includes('FROM "workers"'))).toHaveLength(1);
});

test('of two at once a department has one of a name; another department may have it too', async () => {
  const [one, other] = [await aDepartment('One'), await aDepartment('Other')];
  const answers = await Promise.all([1, 2].map(() => graph.data(create, { input: { departmentId: one, name: 'Cash' } })));
  expect(answers.flatMap(({ createTeam }) => createTeam.userErrors)).toMatchObject([{ code: 'CONFLICT', path: ['input', 'name'] }]);
  expect(await aTeam(other, 'Cash')).toMatchObject({ name: 'Cash' });
});

test('every fault of an input comes at once, and a reference to nothing is one too', async () => {
  const bad = (await graph.data(create, { input: { departmentId: 'x', name: '', description: 'x'.repeat(2_001) } })).createTeam;
  expect(bad.userErrors.map(({ path }: { path: string[] }) => path[1])).toEqual(['departmentId', 'name', 'description']);
  const lost = (await graph.data(create, { input: { departmentId: 'dpt_01h455vb4pex5vsknk084sn02q', name: 'Lost' } })).createTeam;
  expect(lost.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'departmentId'], message: 'departmentId: leads to nothing' }]);
});

test('a team moves to another department with an update that saw its version', async () => {
  const [from, to] = [await aDepartment('From'), await aDepartment('To')];
  const { id, updatedAt: expectedVersion } = await aTeam(from, 'Nomads');
  expect((await graph.data(update, { input: { id, expectedVersion, departmentId: to } })).updateTeam).toEqual({ team: { id, description: null, department: { name: 'To' } }, userErrors: [] });
  expect((await graph.data(update, { input: { id, expectedVersion, departmentId: from } })).updateTeam.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
});

test('a team with a worker stays, and so does a department with a team', async () => {
  const departmentId = await aDepartment('Kept');
  const { id } = await aTeam(departmentId, 'Kept');
  const worker = await anAgent(id);
  expect((await graph.data(remove, { input: { id } })).deleteTeam.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'id'] }]);
  const department = await graph.data('mutation ($id: ID!) { deleteDepartment(input: { id: $id }) { userErrors { code } } }', { id: departmentId });
  expect(department.deleteDepartment.userErrors).toEqual([{ code: 'CONFLICT' }]);
  await graph.data('mutation ($id: ID!) { updateWorker(input: { id: $id, teamId: null }) { userErrors { code } } }', { id: worker });
  expect((await graph.data(remove, { input: { id } })).deleteTeam).toEqual({ deletedId: id, userErrors: [] });
});

test('another organisation cannot see, change, delete or join it', async () => {
  const { id } = await aTeam(await aDepartment('Ours'), 'Ours');
  expect(await graph.data('query ($id: ID!) { team(id: $id) { id } }', { id }, anotherOrganisation)).toEqual({ team: null });
  expect((await graph.data(update, { input: { id, description: 'x' } }, anotherOrganisation)).updateTeam.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteTeam.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const joined = await graph.data('mutation ($id: ID!) { createWorker(input: { type: AGENT, displayName: "Spy", teamId: $id }) { userErrors { code path } } }', { id }, anotherOrganisation);
  expect(joined.createWorker.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'teamId'] }]);
});
