import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { aFactory, aMember, setStatus } from '../fixture/factories.ts';
import { createFactoriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
let factoryId: string;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('factories'), createFactoriesSubgraph);
  factoryId = await aFactory(graph);
});
afterAll(() => graph.close());

const create = 'mutation ($input: CreateFactoryAssignmentInput!) { createFactoryAssignment(input: $input) { factoryAssignment { id status assigneeId priority updatedAt } userErrors { code message path } } }';
const update = 'mutation ($input: UpdateFactoryAssignmentInput!) { updateFactoryAssignment(input: $input) { factoryAssignment { title status assigneeId } userErrors { code message path } } }';
const remove = 'mutation ($input: DeleteFactoryAssignmentInput!) { deleteFactoryAssignment(input: $input) { deletedId userErrors { code path } } }';
const work = async (input: object = {}) => (await graph.data(create, { input: { factoryId, title: 'Sweep', ...input } })).createFactoryAssignment;
const change = async (input: object) => (await graph.data(update, { input })).updateFactoryAssignment;
const offTeam = [{ code: 'INVALID', path: ['input', 'assigneeId'], message: 'assigneeId: has no current place in the factory; take the worker in with createFactoryTeamMember first' }];

test('work is found from its factory, assignee and run, and by nobody else', async () => {
  const [{ workerId }, runId] = [await aMember(graph, factoryId), newId('WorkflowRun')];
  const { id } = (await work({ assigneeId: workerId, runId })).factoryAssignment;
  const query = `query ($id: ID!, $others: [_Any!]!) { factoryAssignment(id: $id) { status assignee { id } run { id } factory { assignments(where: { priority: { eq: 0 } }) { nodes { id } } } }
    _entities(representations: $others) { ... on Worker { assignments { nodes { id } } } ... on WorkflowRun { assignments { nodes { id } } } } }`;
  const others = [{ __typename: 'Worker', id: workerId }, { __typename: 'WorkflowRun', id: runId }];
  const found = { assignments: { nodes: [{ id }] } };
  expect(await graph.data(query, { id, others })).toEqual({ factoryAssignment: { status: 'ASSIGNED', assignee: { id: workerId }, run: { id: runId }, factory: found }, _entities: [found, found] });
  expect(await graph.data(query, { id, others }, anotherOrganisation)).toEqual({ factoryAssignment: null, _entities: Array(2).fill({ assignments: { nodes: [] } }) });
});

test('every fault of an input comes at once', async () => {
  const { userErrors } = await work({ title: '', priority: 101, runId: factoryId, assigneeId: factoryId });
  expect(userErrors.map(({ path }: { path: string[] }) => path[1])).toEqual(['title', 'assigneeId', 'runId', 'priority']);
});

test('who is not on the team, not any more, or on another team is given nothing', async () => {
  const [{ id: placeId, workerId: left }, { workerId: elsewhere }] = [await aMember(graph, factoryId), await aMember(graph, await aFactory(graph))];
  await runSql(graph.databaseUrl, 'UPDATE "factoryTeamMembers" SET "leftAt" = now() WHERE "id" = $1', [placeId]);
  const { id } = (await work()).factoryAssignment;
  for (const assigneeId of [newId('Worker'), left, elsewhere]) {
    expect(await work({ assigneeId })).toEqual({ factoryAssignment: null, userErrors: offTeam });
    expect(await change({ id, assigneeId })).toEqual({ factoryAssignment: null, userErrors: offTeam });
  }
});

test('an assignee takes work out of the backlog, none puts it back, and begun work keeps one', async () => {
  const [one, other] = [(await aMember(graph, factoryId)).workerId, (await aMember(graph, factoryId)).workerId];
  const { id } = (await work()).factoryAssignment;
  expect((await change({ id, assigneeId: one })).factoryAssignment).toMatchObject({ status: 'ASSIGNED', assigneeId: one });
  expect((await change({ id, assigneeId: null })).factoryAssignment).toMatchObject({ status: 'BACKLOG', assigneeId: null });
  await change({ id, assigneeId: one });
  await setStatus(graph, 'factoryAssignments', id, 'IN_PROGRESS');
  expect((await change({ id, assigneeId: null })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'assigneeId'] }]);
  expect((await change({ id, assigneeId: other, title: 'Mop' })).factoryAssignment).toEqual({ title: 'Mop', status: 'IN_PROGRESS', assigneeId: other });
});

test('complete work stays complete, and with whom it was', async () => {
  const [one, other] = [(await aMember(graph, factoryId)).workerId, (await aMember(graph, factoryId)).workerId];
  const { id } = (await work({ assigneeId: one })).factoryAssignment;
  await setStatus(graph, 'factoryAssignments', id, 'COMPLETE');
  expect((await change({ id, assigneeId: other })).userErrors).toMatchObject([{ code: 'CONFLICT', message: 'assigneeId: the work is COMPLETE; who did it stays' }]);
  await expect(runSql(graph.databaseUrl, `UPDATE "factoryAssignments" SET "status" = 'IN_REVIEW', "completedAt" = NULL WHERE "id" = $1`, [id])).rejects.toThrow('factoryAssignments_complete_is_final');
  expect((await change({ id, title: 'Swept' })).userErrors).toEqual([]);
});

test('a paused factory takes no new work, nor work out of its backlog', async () => {
  const paused = await aFactory(graph);
  const [{ id }, { workerId }] = [(await work({ factoryId: paused })).factoryAssignment, await aMember(graph, paused)];
  await setStatus(graph, 'factories', paused, 'PAUSED');
  expect((await work({ factoryId: paused })).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'factoryId'], message: 'factoryId: the factory is PAUSED and takes no new work' }]);
  expect((await change({ id, assigneeId: workerId })).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'id'], message: 'id: the factory is PAUSED and takes no new work' }]);
  expect((await work({ factoryId: newId('Factory') })).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'factoryId'] }]);
});

test('of ten changes of one version at once one is written', async () => {
  const { id, updatedAt } = (await work()).factoryAssignment;
  const { workerId } = await aMember(graph, factoryId);
  const answers = await Promise.all(Array.from({ length: 10 }, () => change({ id, expectedVersion: updatedAt, assigneeId: workerId })));
  expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'written').toSorted()).toEqual([...Array(9).fill('CONFLICT'), 'written']);
});

test('another organisation changes and deletes nothing', async () => {
  const { id } = (await work()).factoryAssignment;
  expect((await graph.data(update, { input: { id, assigneeId: null } }, anotherOrganisation)).updateFactoryAssignment.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteFactoryAssignment.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
  expect((await graph.data(create, { input: { factoryId, title: 'Theirs' } }, anotherOrganisation)).createFactoryAssignment.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'factoryId'] }]);
  expect((await graph.data(remove, { input: { id } })).deleteFactoryAssignment).toEqual({ deletedId: id, userErrors: [] });
});
