import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { rowsIn } from '../fixture/rows.ts';
import { createChatSubgraph } from '../index.ts';

let graph: TestSubgraph;
let channelId: string;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('chat'), createChatSubgraph);
  channelId = await rowsIn(graph.databaseUrl).aChannel();
});
afterAll(() => graph.close());

const fields = 'agentChannelMemory { id summary facts tokenCount updatedAt } userErrors { code path }';
const create = `mutation ($input: CreateAgentChannelMemoryInput!) { createAgentChannelMemory(input: $input) { ${fields} } }`;
const update = `mutation ($input: UpdateAgentChannelMemoryInput!) { updateAgentChannelMemory(input: $input) { ${fields} } }`;
const remove = 'mutation ($input: DeleteAgentChannelMemoryInput!) { deleteAgentChannelMemory(input: $input) { deletedId userErrors { code } } }';

const remember = async (input: object, ...as: [typeof anotherOrganisation?]) =>
  (await graph.data(create, { input: { channelId, agentId: newId('Agent'), summary: 'figures first', facts: {}, ...input } }, ...as)).createAgentChannelMemory;
const change = async (input: object, ...as: [typeof anotherOrganisation?]) => (await graph.data(update, { input }, ...as)).updateAgentChannelMemory;

test('a memory belongs to a channel and an agent, and both have it', async () => {
  const agentId = newId('Agent');
  const { id } = (await remember({ agentId, facts: { limit: 10_000 } })).agentChannelMemory;
  const query = `query ($id: ID!, $channelId: ID!, $agents: [_Any!]!) {
    agentChannelMemory(id: $id) { channel { id } agent { id } facts tokenCount }
    channel(id: $channelId) { agentMemories { nodes { id } } }
    _entities(representations: $agents) { ... on Agent { channelMemories { nodes { id } } } }
  }`;
  expect(await graph.data(query, { id, channelId, agents: [{ __typename: 'Agent', id: agentId }] })).toEqual({
    agentChannelMemory: { channel: { id: channelId }, agent: { id: agentId }, facts: { limit: 10_000 }, tokenCount: 0 }, channel: { agentMemories: { nodes: [{ id }] } }, _entities: [{ channelMemories: { nodes: [{ id }] } }],
  });
  expect(await graph.data('query ($id: ID!) { agentChannelMemory(id: $id) { id } }', { id }, anotherOrganisation)).toEqual({ agentChannelMemory: null });
});

test('an agent has one memory of a channel, also when two are made at once', async () => {
  const agentId = newId('Agent');
  const answers = await Promise.all(Array.from({ length: 5 }, () => remember({ agentId })));
  expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'written').toSorted()).toEqual([...Array(4).fill('CONFLICT'), 'written']);
});

test('a channel that is not there, or not theirs, is named by its path', async () => {
  const refused = [{ code: 'NOT_FOUND', path: ['input', 'channelId'] }];
  expect((await remember({ channelId: newId('Channel') })).userErrors).toEqual(refused);
  expect((await remember({}, anotherOrganisation)).userErrors).toEqual(refused);
});

test('facts are an object, the summary has words and the count is not negative', async () => {
  const { userErrors } = await remember({ summary: ' ', facts: ['a list'], tokenCount: -1 });
  expect(userErrors).toEqual(['summary', 'facts', 'tokenCount'].map((field) => ({ code: 'INVALID', path: ['input', field] })));
});

test('a change takes what is given, by who has seen the last one, in the own organisation', async () => {
  const { id, updatedAt } = (await remember({ facts: { limit: 1 } })).agentChannelMemory;
  expect((await change({ id, summary: 'reasons first' })).agentChannelMemory).toMatchObject({ summary: 'reasons first', facts: { limit: 1 } });
  expect((await change({ id, facts: null })).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'facts'] }]);
  expect((await change({ id, expectedVersion: updatedAt, tokenCount: 1 })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  expect((await change({ id, tokenCount: 1 }, anotherOrganisation)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteAgentChannelMemory.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } })).deleteAgentChannelMemory).toEqual({ deletedId: id, userErrors: [] });
});
