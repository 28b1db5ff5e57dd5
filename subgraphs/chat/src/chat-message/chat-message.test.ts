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

const aSession = async (row: object = {}) => rows.aSession(await rows.aChannel(), { ...row });

test('messages are read in their order, with whom they answer and whom they name', async () => {
  const sessionId = await aSession();
  const [anna, clerk] = [newId('Worker'), newId('Worker')];
  const question = await rows.aMessage(sessionId, 1, { authorType: 'HUMAN', authorId: anna, mentionIds: [clerk], body: 'Who signs?' });
  const answer = await rows.aMessage(sessionId, 2, { authorType: 'AGENT', authorId: clerk, replyToId: question, tokenCount: 4 });
  const query = `query ($sessionId: ID!, $entities: [_Any!]!) {
    channelSession(id: $sessionId) { messages(orderBy: [{ field: SEQUENCE }]) { nodes { id sequence author { id } mentions { id } replyTo { id } replies { nodes { id } } tokenCount session { id } } } }
    _entities(representations: $entities) { ... on Worker { messages { nodes { id } } mentions { nodes { id } } } }
  }`;
  const entities = [anna, clerk].map((id) => ({ __typename: 'Worker', id }));
  expect(await graph.data(query, { sessionId, entities })).toEqual({
    channelSession: { messages: { nodes: [
      { id: question, sequence: 1, author: { id: anna }, mentions: [{ id: clerk }], replyTo: null, replies: { nodes: [{ id: answer }] }, tokenCount: 0, session: { id: sessionId } },
      { id: answer, sequence: 2, author: { id: clerk }, mentions: [], replyTo: { id: question }, replies: { nodes: [] }, tokenCount: 4, session: { id: sessionId } },
    ] } },
    _entities: [{ messages: { nodes: [{ id: question }] }, mentions: { nodes: [] } }, { messages: { nodes: [{ id: answer }] }, mentions: { nodes: [{ id: question }] } }],
  });
  expect(await graph.data('query ($id: ID!) { chatMessage(id: $id) { id } chatMessages { totalCount } }', { id: question }, anotherOrganisation)).toEqual({ chatMessage: null, chatMessages: { totalCount: 0 } });
});

test('the places in a session have no gap and are taken once, also when many write at once', async () => {
  const sessionId = await aSession();
  await rows.aMessage(sessionId, 1);
  await expect(rows.aMessage(sessionId, 3)).rejects.toThrow('chatMessages_sequence_has_no_gaps');
  await expect(rows.aMessage(sessionId, 0)).rejects.toThrow('chatMessages_count_from_one');
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => rows.aMessage(sessionId, 2)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await rows.aMessage(sessionId, 3);
});

test('the first message of a session is number 1, whatever others count', async () => {
  await rows.aMessage(await aSession(), 1);
  await expect(rows.aMessage(await aSession(), 2)).rejects.toThrow('chatMessages_sequence_has_no_gaps');
});

test('nothing is said after the end of a session', async () => {
  const sessionId = await aSession({ status: 'COMPLETED', endedAt: '2026-01-05T10:00:00Z' });
  await rows.aMessage(sessionId, 1, { sentAt: '2026-01-05T09:59:00Z' });
  await expect(rows.aMessage(sessionId, 2, { sentAt: '2026-01-05T10:01:00Z' })).rejects.toThrow('chatMessages_session_is_active');
});

test('a message that is sent while its session is being completed waits for that, and is refused', async () => {
  const sessionId = await aSession();
  const complete = runSql(graph.databaseUrl, `BEGIN; UPDATE "channelSessions" SET "status" = 'COMPLETED', "endedAt" = '2026-01-05T10:00:00Z' WHERE "id" = '${sessionId}'; SELECT pg_sleep(0.3); COMMIT`);
  const locked = `SELECT FROM pg_stat_activity WHERE "query" LIKE '%${sessionId}%' AND "wait_event" = 'PgSleep'`;
  for (let tries = 0; tries < 50 && (await runSql(graph.databaseUrl, locked)).length === 0; tries++);
  await expect(rows.aMessage(sessionId, 1, { sentAt: '2026-01-05T10:01:00Z' })).rejects.toThrow('chatMessages_session_is_active');
  await complete;
});

test.each([
  ['HUMAN', null], ['AGENT', null], ['SYSTEM', newId('Worker')],
])('a %s message is not by %s', async (authorType, authorId) => {
  await expect(rows.aMessage(await aSession(), 1, { authorType, authorId })).rejects.toThrow('chatMessages_author_fits_type');
});

test('an answer stays in the session of the question', async () => {
  const question = await rows.aMessage(await aSession(), 1);
  await expect(rows.aMessage(await aSession(), 1, { replyToId: question })).rejects.toThrow('chatMessages_orgId_sessionId_replyToId_fkey');
});

test('what was said stays said', async () => {
  const id = await rows.aMessage(await aSession(), 1);
  await expect(runSql(graph.databaseUrl, `UPDATE "chatMessages" SET "body" = 'never' WHERE "id" = $1`, [id])).rejects.toThrow('never changes');
});
