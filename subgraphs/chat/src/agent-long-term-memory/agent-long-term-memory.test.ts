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

test('a memory is read by its id, its agent and its channel; a vector that was not given is null', async () => {
  const [agentId, sourceChannelId] = [newId('Agent'), await rows.aChannel()];
  const plain = await rows.aLongTermMemory({ agentId });
  const id = await rows.aLongTermMemory({ agentId, sourceChannelId, kind: 'EPISODIC', embedding: [0.25, -1], importance: 0.9 });
  const query = `query ($id: ID!, $plain: ID!, $channel: ID!, $agents: [_Any!]!) {
    agentLongTermMemory(id: $id) { kind content embedding importance agent { id } sourceChannel { id } lastRecalledAt }
    plain: agentLongTermMemory(id: $plain) { embedding importance sourceChannel { id } }
    channel(id: $channel) { longTermMemories { nodes { id } } }
    _entities(representations: $agents) { ... on Agent { longTermMemories(orderBy: [{ field: CREATED_AT }]) { nodes { id } } } }
  }`;
  expect(await graph.data(query, { id, plain, channel: sourceChannelId, agents: [{ __typename: 'Agent', id: agentId }] })).toEqual({
    agentLongTermMemory: { kind: 'EPISODIC', content: 'two signatures', embedding: [0.25, -1], importance: 0.9, agent: { id: agentId }, sourceChannel: { id: sourceChannelId }, lastRecalledAt: null },
    plain: { embedding: null, importance: 0.5, sourceChannel: null },
    channel: { longTermMemories: { nodes: [{ id }] } },
    _entities: [{ longTermMemories: { nodes: [{ id: plain }, { id }] } }],
  });
  expect(await graph.data('query ($id: ID!) { agentLongTermMemory(id: $id) { id } agentLongTermMemories { totalCount } }', { id }, anotherOrganisation)).toEqual({ agentLongTermMemory: null, agentLongTermMemories: { totalCount: 0 } });
});

test.each([
  [{ embedding: [] }, 'embedding_null_or_some'], [{ embedding: Array(4_097).fill(0) }, 'embedding_null_or_some'], [{ importance: 1.1 }, 'importance_from_0_to_1'], [{ importance: -0.1 }, 'importance_from_0_to_1'],
])('a vector has 1 to 4,096 numbers, importance lies from 0 to 1', async (row, constraint) => {
  await expect(rows.aLongTermMemory(row)).rejects.toThrow(constraint);
});
