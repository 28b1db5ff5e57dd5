import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { aFactory, setStatus } from '../fixture/factories.ts';
import { createFactoriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('factories'), createFactoriesSubgraph)));
afterAll(() => graph.close());

const update = `mutation ($input: UpdateFactoryInput!) { updateFactory(input: $input) { factory { name status description budgetId } userErrors { code message path } } }`;
const refs = { managerId: newId('Worker'), managerAgentId: newId('Agent'), teamId: newId('Team'), budgetId: newId('Budget') };

test('a factory is found by its id and from those who run, own and pay for it, and by nobody else', async () => {
  const id = await aFactory(graph, refs);
  const query = `query ($id: ID!, $others: [_Any!]!) {
    factory(id: $id) { status manager { id } managerAgent { id } team { id } budget { id } blueprint { id } type { factories { nodes { id } } } }
    _entities(representations: $others) {
      ... on Worker { managedFactories { nodes { id } } } ... on Agent { managedFactories { nodes { id } } } ... on Team { factories { nodes { id } } } ... on Budget { factories { nodes { id } } } } }`;
  const others = [['Worker', refs.managerId], ['Agent', refs.managerAgentId], ['Team', refs.teamId], ['Budget', refs.budgetId]].map(([__typename, of]) => ({ __typename, id: of }));
  const found = { nodes: [{ id }] };
  expect(await graph.data(query, { id, others })).toEqual({
    factory: { status: 'ACTIVE', manager: { id: refs.managerId }, managerAgent: { id: refs.managerAgentId }, team: { id: refs.teamId }, budget: { id: refs.budgetId }, blueprint: null, type: { factories: found } },
    _entities: [{ managedFactories: found }, { managedFactories: found }, { factories: found }, { factories: found }],
  });
  expect((await graph.data(query, { id, others }, anotherOrganisation)).factory).toBeNull();
});

test('an update takes only what changes, and null clears', async () => {
  const id = await aFactory(graph, { description: 'old', budgetId: refs.budgetId });
  expect((await graph.data(update, { input: { id, description: 'new' } })).updateFactory.factory).toMatchObject({ description: 'new', budgetId: refs.budgetId });
  expect((await graph.data(update, { input: { id, description: null, budgetId: null } })).updateFactory.factory).toMatchObject({ description: null, budgetId: null });
});

test('every fault comes at once, and a name is taken once in an organisation', async () => {
  const id = await aFactory(graph, { name: 'Mill' });
  const { userErrors } = (await graph.data(update, { input: { id, name: 'x'.repeat(201), managerId: refs.teamId } })).updateFactory;
  expect(userErrors.map(({ path }: { path: string[] }) => path[1])).toEqual(['name', 'managerId']);
  const others = await Promise.all([aFactory(graph), aFactory(graph)]);
  const answers = await Promise.all(others.map((other) => graph.data(update, { input: { id: other, name: 'Forge' } })));
  expect(answers.flatMap(({ updateFactory }) => updateFactory.userErrors)).toEqual([{ code: 'CONFLICT', path: ['input', 'name'], message: 'name: is taken already; it must be unique' }]);
});

test('a version that is old, and another organisation, change nothing', async () => {
  const id = await aFactory(graph);
  const input = { id, name: 'Mine', expectedVersion: '2026-01-01T00:00:00Z' };
  expect((await graph.data(update, { input })).updateFactory).toMatchObject({ factory: null, userErrors: [{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }] });
  expect((await graph.data(update, { input: { id, name: 'Mine' } }, anotherOrganisation)).updateFactory.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
});

test.each([
  [['ACTIVE', 'PAUSED', 'ACTIVE', 'PAUSED', 'ARCHIVED'], 'PROVISIONING ACTIVE PAUSED'],
  [[], 'PAUSED ARCHIVED'],
  [['ACTIVE'], 'PROVISIONING ARCHIVED'],
  [['ACTIVE', 'PAUSED'], 'PROVISIONING'],
])('a new factory that was %j by turns is never %s after that', async (moves, refused) => {
  const id = await aFactory(graph, { status: 'PROVISIONING' });
  for (const status of moves) await setStatus(graph, 'factories', id, status);
  for (const status of refused.split(' ')) await expect(setStatus(graph, 'factories', id, status)).rejects.toThrow('factories_status_moves');
});
