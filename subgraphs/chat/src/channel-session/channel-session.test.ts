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

const [anna, bruno] = [newId('Worker'), newId('Worker')];
const ended = { endedAt: '2026-01-05T10:00:00Z' };
const setStatus = (id: string, status: string) =>
  runSql(graph.databaseUrl, `UPDATE "channelSessions" SET "status" = $2::"ChannelSessionStatus", "endedAt" = CASE WHEN $2 <> 'ACTIVE' THEN "startedAt" END WHERE "id" = $1`, [id, status]);

test('a session is found by its id, in its channel, by its run, its work and those who take part', async () => {
  const channelId = await rows.aChannel();
  const [runId, assignmentId] = [newId('WorkflowRun'), newId('FactoryAssignment')];
  const id = await rows.aSession(channelId, { title: 'Figures', participantIds: [anna, bruno], runId, assignmentId });
  const query = `query ($id: ID!, $channelId: ID!, $entities: [_Any!]!) {
    channelSession(id: $id) { title status channel { id } participants { id } run { id } assignment { id } startedAt endedAt }
    channel(id: $channelId) { sessions { nodes { id } } }
    _entities(representations: $entities) {
      ... on Worker { channelSessions { nodes { id } } } ... on WorkflowRun { channelSessions { nodes { id } } } ... on FactoryAssignment { channelSessions { nodes { id } } }
    }
  }`;
  const entities = [{ __typename: 'Worker', id: bruno }, { __typename: 'WorkflowRun', id: runId }, { __typename: 'FactoryAssignment', id: assignmentId }];
  expect(await graph.data(query, { id, channelId, entities })).toEqual({
    channelSession: {
      title: 'Figures', status: 'ACTIVE', channel: { id: channelId }, participants: [{ id: anna }, { id: bruno }], run: { id: runId }, assignment: { id: assignmentId },
      startedAt: '2026-01-05T09:00:00.000Z', endedAt: null,
    },
    channel: { sessions: { nodes: [{ id }] } },
    _entities: [{ channelSessions: { nodes: [{ id }] } }, { channelSessions: { nodes: [{ id }] } }, { channelSessions: { nodes: [{ id }] } }],
  });
  expect(await graph.data('query ($id: ID!) { channelSession(id: $id) { id } channelSessions { totalCount } }', { id }, anotherOrganisation)).toEqual({ channelSession: null, channelSessions: { totalCount: 0 } });
});

test('the sessions of any number of channels are one statement', async () => {
  for (let i = 0; i < 3; i++) await rows.aSession(await rows.aChannel());
  graph.statements.clear();
  await graph.data('{ channels(first: 10) { nodes { sessions(first: 2) { nodes { title messages { nodes { body } } } } } } }');
  expect(graph.statements.texts.map((text) => /FROM "(\w+)"/.exec(text)?.[1])).toEqual(['channels', 'channelSessions', 'chatMessages']);
});

test.each([
  ['ACTIVE with an end', { status: 'ACTIVE', ...ended }, 'channelSessions_ended_unless_active'],
  ['COMPLETED without one', { status: 'COMPLETED' }, 'channelSessions_ended_unless_active'],
  ['over before it began', { status: 'COMPLETED', endedAt: '2026-01-05T08:00:00Z' }, 'channelSessions_ends_after_start'],
])('no session is %s', async (_, row, constraint) => {
  await expect(rows.aSession(await rows.aChannel(), row)).rejects.toThrow(constraint);
});

test.each([[[]], [[anna]], [[anna, anna]], [[anna, bruno, newId('Worker')]]])('in a DIRECT channel nobody but two take part: not %j', async (participantIds: string[]) => {
  const channelId = await rows.aChannel({ type: 'DIRECT' });
  await rows.aSession(channelId, { participantIds: [anna, bruno] });
  await expect(rows.aSession(channelId, { participantIds })).rejects.toThrow('channelSessions_direct_is_between_two');
});

test('a channel never changes its type, so that its sessions stay between as many', async () => {
  const id = await rows.aChannel();
  await expect(runSql(graph.databaseUrl, `UPDATE "channels" SET "type" = 'DIRECT' WHERE "id" = $1`, [id])).rejects.toThrow('never changes');
});

test.each([
  [['ACTIVE', 'COMPLETED', 'ARCHIVED'], undefined], [['ACTIVE', 'ARCHIVED'], 'ARCHIVED'], [['ACTIVE', 'COMPLETED', 'ACTIVE'], 'ACTIVE'], [['ACTIVE', 'COMPLETED', 'ARCHIVED', 'COMPLETED'], 'COMPLETED'],
])('of the way %j the step to %s is refused', async ([, ...steps], refused) => {
  const id = await rows.aSession(await rows.aChannel());
  const last = steps.pop() as string;
  for (const step of steps) await setStatus(id, step);
  if (refused) await expect(setStatus(id, last)).rejects.toThrow(`cannot become ${refused}`);
  else await setStatus(id, last);
});
