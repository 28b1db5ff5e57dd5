import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { rowsIn } from '../fixture/rows.ts';
import { createChatSubgraph } from '../index.ts';

let graph: TestSubgraph;
let rows: ReturnType<typeof rowsIn>;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('chat'), createChatSubgraph);
  rows = rowsIn(graph.databaseUrl);
});
afterAll(() => graph.close());

async function aPlace() {
  const channelId = await rows.aChannel();
  const sessionId = await rows.aSession(channelId);
  return { channelId, sessionId, messageId: await rows.aMessage(sessionId, 1) };
}

test('a decision is read from its message, session, channel and agent, and from nowhere else', async () => {
  const place = await aPlace();
  const agentId = newId('Agent');
  const id = await rows.aDecision(place, { agentId, mode: 'HYBRID', score: 0.75, passed: true, reason: 'named' });
  const query = `query ($channelId: ID!, $sessionId: ID!, $messageId: ID!, $entities: [_Any!]!) {
    channel(id: $channelId) { relevancyDecisions { nodes { id } } }
    channelSession(id: $sessionId) { relevancyDecisions { nodes { id } } }
    chatMessage(id: $messageId) { relevancyDecisions(where: { passed: { eq: true } }) { nodes { mode score threshold passed reason channel { id } session { id } message { id } agent { id } } } }
    _entities(representations: $entities) { ... on Agent { relevancyDecisions { nodes { id } } } }
  }`;
  const nodes = [{ id }];
  expect(await graph.data(query, { ...place, entities: [{ __typename: 'Agent', id: agentId }] })).toEqual({
    channel: { relevancyDecisions: { nodes } },
    channelSession: { relevancyDecisions: { nodes } },
    chatMessage: { relevancyDecisions: { nodes: [{
      mode: 'HYBRID', score: 0.75, threshold: 0.5, passed: true, reason: 'named', channel: { id: place.channelId }, session: { id: place.sessionId }, message: { id: place.messageId }, agent: { id: agentId },
    }] } },
    _entities: [{ relevancyDecisions: { nodes } }],
  });
  expect(await graph.data('query ($id: ID!) { relevancyGateDecision(id: $id) { id } relevancyGateDecisions { totalCount } }', { id }, anotherOrganisation)).toEqual({ relevancyGateDecision: null, relevancyGateDecisions: { totalCount: 0 } });
});

test('its message is of its session, and its session of its channel', async () => {
  const [here, there] = [await aPlace(), await aPlace()];
  await expect(rows.aDecision({ ...here, messageId: there.messageId })).rejects.toThrow('relevancyGateLog_orgId_sessionId_messageId_fkey');
  await expect(rows.aDecision({ ...here, channelId: there.channelId })).rejects.toThrow('relevancyGateLog_orgId_channelId_sessionId_fkey');
});

test.each([{ score: 1.01 }, { score: -0.01 }, { threshold: 2 }, { score: NaN }])('a score lies from 0 to 1: not %j', async (row) => {
  await expect(rows.aDecision(await aPlace(), row)).rejects.toThrow('relevancyGateLog_scores_from_0_to_1');
});

test('a decision never changes', async () => {
  const id = await rows.aDecision(await aPlace());
  await expect(runSql(graph.databaseUrl, 'UPDATE "relevancyGateLog" SET "passed" = true WHERE "id" = $1', [id])).rejects.toThrow('never changes');
});
