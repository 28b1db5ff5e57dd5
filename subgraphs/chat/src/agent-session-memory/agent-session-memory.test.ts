import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { rowsIn } from '../fixture/rows.ts';
import { createChatSubgraph } from '../index.ts';

let graph: TestSubgraph;
let rows: ReturnType<typeof rowsIn>;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('chat'), createChatSubgraph);
  rows = rowsIn(graph.databaseUrl);
});
afterAll(() => graph.close());

const fields = 'agentSessionMemory { id window rollingSummary tokenCount tokenBudget updatedAt } userErrors { code message path }';
const create = `mutation ($input: CreateAgentSessionMemoryInput!) { createAgentSessionMemory(input: $input) { ${fields} } }`;
const update = `mutation ($input: UpdateAgentSessionMemoryInput!) { updateAgentSessionMemory(input: $input) { ${fields} } }`;
const remove = 'mutation ($input: DeleteAgentSessionMemoryInput!) { deleteAgentSessionMemory(input: $input) { deletedId userErrors { code path } } }';

const aSession = async (row: object = {}) => rows.aSession(await rows.aChannel(), { ...row });
const remember = async (input: object) => (await graph.data(create, { input: { agentId: newId('Agent'), window: [], ...input } })).createAgentSessionMemory;
const change = async (input: object, ...as: [typeof anotherOrganisation?]) => (await graph.data(update, { input }, ...as)).updateAgentSessionMemory;

test('a memory belongs to a session and an agent, and both have it', async () => {
  const [sessionId, agentId] = [await aSession(), newId('Agent')];
  const { agentSessionMemory: made } = await remember({ sessionId, agentId, window: [{ sequence: 1 }], tokenCount: 12 });
  expect(made).toMatchObject({ window: [{ sequence: 1 }], rollingSummary: null, tokenCount: 12, tokenBudget: 8000 });
  const query = `query ($id: ID!, $sessionId: ID!, $agents: [_Any!]!) {
    agentSessionMemory(id: $id) { session { id } agent { id } }
    channelSession(id: $sessionId) { agentMemories { nodes { id } } }
    _entities(representations: $agents) { ... on Agent { sessionMemories { nodes { id } } } }
  }`;
  expect(await graph.data(query, { id: made.id, sessionId, agents: [{ __typename: 'Agent', id: agentId }] })).toEqual({
    agentSessionMemory: { session: { id: sessionId }, agent: { id: agentId } }, channelSession: { agentMemories: { nodes: [{ id: made.id }] } }, _entities: [{ sessionMemories: { nodes: [{ id: made.id }] } }],
  });
});

test('an agent has one memory of a session, also when two are made at once', async () => {
  const input = { sessionId: await aSession(), agentId: newId('Agent') };
  const answers = await Promise.all(Array.from({ length: 5 }, () => remember(input)));
  expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'written').toSorted()).toEqual([...Array(4).fill('CONFLICT'), 'written']);
});

test('only an ACTIVE session of the organisation takes memories', async () => {
  const over = await aSession({ status: 'COMPLETED', endedAt: '2026-01-05T10:00:00Z' });
  expect((await remember({ sessionId: over })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'sessionId'] }]);
  expect((await remember({ sessionId: newId('ChannelSession') })).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'sessionId'] }]);
  const { createAgentSessionMemory } = await graph.data(create, { input: { sessionId: await aSession(), agentId: newId('Agent'), window: [] } }, anotherOrganisation);
  expect(createAgentSessionMemory.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'sessionId'] }]);
});

test('every fault of an input comes at once', async () => {
  const { userErrors } = await remember({ sessionId: 'x', window: 'text', tokenCount: 9_000, rollingSummary: 'x'.repeat(20_001) });
  expect(userErrors.map(({ path }: { path: string[] }) => path[1])).toEqual(['sessionId', 'window', 'rollingSummary', 'tokenCount']);
});

test('the count stays within the budget, whichever of the two is changed', async () => {
  const { agentSessionMemory: { id } } = await remember({ sessionId: await aSession(), tokenCount: 100, tokenBudget: 200 });
  const refused = [{ code: 'INVALID', path: ['input', 'tokenCount'], message: 'tokenCount: is above tokenBudget; move some of the window into the summary, or raise the budget' }];
  expect((await change({ id, tokenCount: 201 })).userErrors).toEqual(refused);
  expect((await change({ id, tokenBudget: 99 })).userErrors).toEqual(refused);
  expect((await change({ id, tokenCount: 300, tokenBudget: 300 })).agentSessionMemory).toMatchObject({ tokenCount: 300, tokenBudget: 300 });
});

test('a change takes what is given, and a null clears the summary', async () => {
  const { agentSessionMemory: { id, updatedAt } } = await remember({ sessionId: await aSession(), rollingSummary: 'so far' });
  expect((await change({ id, window: { last: 'word' } })).agentSessionMemory).toMatchObject({ window: { last: 'word' }, rollingSummary: 'so far' });
  expect((await change({ id, rollingSummary: null })).agentSessionMemory).toMatchObject({ rollingSummary: null });
  expect((await change({ id, window: null })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'window'] }]);
  expect((await change({ id, expectedVersion: updatedAt, tokenCount: 1 })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  expect((await change({ id, tokenCount: 1 }, anotherOrganisation)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('a memory is deleted by its own organisation alone', async () => {
  const { agentSessionMemory: { id } } = await remember({ sessionId: await aSession() });
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteAgentSessionMemory.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
  expect((await graph.data(remove, { input: { id } })).deleteAgentSessionMemory).toEqual({ deletedId: id, userErrors: [] });
});
