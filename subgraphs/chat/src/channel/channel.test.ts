import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { rowsIn } from '../fixture/rows.ts';
import { createChatSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('chat'), createChatSubgraph)));
afterAll(() => graph.close());

const fields = 'channel { id type name ownerId relevancyMode relevancyThreshold maxAgentLoopDepth archivedAt updatedAt } userErrors { code message path }';
const create = `mutation ($input: CreateChannelInput!) { createChannel(input: $input) { ${fields} } }`;
const update = `mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) { ${fields} } }`;
const archive = `mutation ($input: ArchiveChannelInput!) { archiveChannel(input: $input) { ${fields} } }`;
const byId = 'query ($id: ID!) { channel(id: $id) { id } }';
const owner = 'wrk_01h455vb4pex5vsknk084sn02q';

async function aChannel(input: object = {}) {
  return (await graph.data(create, { input: { type: 'PROJECT', name: 'quarter close', ...input } })).createChannel.channel;
}

test('a new channel weighs attention by rules, with a threshold of a half and three agent turns', async () => {
  const made = await aChannel();
  expect(made).toMatchObject({ type: 'PROJECT', relevancyMode: 'HEURISTIC', relevancyThreshold: 0.5, maxAgentLoopDepth: 3, archivedAt: null });
  expect(await graph.data(byId, { id: made.id })).toEqual({ channel: { id: made.id } });
});

test.each([['FACTORY', 'factoryId'], ['TEAM', 'teamId'], ['PERSONAL', 'ownerId']])('a %s channel needs a %s', async (type, field) => {
  const { createChannel } = await graph.data(create, { input: { type, name: 'without' } });
  expect(createChannel).toEqual({ channel: null, userErrors: [{ code: 'INVALID', path: ['input', field], message: `${field}: is needed when type is ${type}` }] });
});

test('every fault of an input comes at once', async () => {
  const { createChannel } = await graph.data(create, { input: { type: 'PERSONAL', name: ' ', teamId: owner, relevancyThreshold: 1.1, maxAgentLoopDepth: 101 } });
  expect(createChannel.userErrors.map(({ path }: { path: string[] }) => path[1])).toEqual(['teamId', 'name', 'relevancyThreshold', 'maxAgentLoopDepth', 'ownerId']);
});

test('what the type needs is not cleared, and what it does not need is', async () => {
  const [personal, project] = [await aChannel({ type: 'PERSONAL', ownerId: owner }), await aChannel({ ownerId: owner })];
  const { updateChannel } = await graph.data(update, { input: { id: personal.id, ownerId: null } });
  expect(updateChannel.userErrors).toEqual([{ code: 'INVALID', path: ['input', 'ownerId'], message: 'ownerId: is needed when type is PERSONAL' }]);
  expect((await graph.data(update, { input: { id: project.id, ownerId: null, relevancyThreshold: 0 } })).updateChannel.channel).toMatchObject({ ownerId: null, relevancyThreshold: 0 });
});

test('one call of many with the same idempotency key opens a channel', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => aChannel({ idempotencyKey: 'once' })));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
});

test('of ten changes at once that saw the same version one wins', async () => {
  const { id, updatedAt } = await aChannel();
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => graph.data(update, { input: { id, expectedVersion: updatedAt, name: `by ${i}` } })));
  expect(answers.map(({ updateChannel }) => updateChannel.userErrors[0]?.code ?? 'written').toSorted()).toEqual([...Array(9).fill('CONFLICT'), 'written']);
});

test('a channel is archived once, also by two at once, and not past a version that nobody has seen', async () => {
  const { id, updatedAt } = await aChannel();
  await graph.data(update, { input: { id, name: 'renamed' } });
  expect((await graph.data(archive, { input: { id, expectedVersion: updatedAt } })).archiveChannel.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  const answers = await Promise.all([1, 2].map(() => graph.data(archive, { input: { id } })));
  expect(answers.map(({ archiveChannel }) => archiveChannel.userErrors[0]?.code ?? archiveChannel.channel.archivedAt).toSorted()).toEqual([expect.stringContaining('T'), 'INVALID_TRANSITION']);
});

test('in an archived channel no session starts; one that had begun before stays', async () => {
  const { aChannel: row, aSession } = rowsIn(graph.databaseUrl);
  const channelId = await row({ archivedAt: '2026-01-05T12:00:00Z' });
  await aSession(channelId, { startedAt: '2026-01-05T11:00:00Z' });
  await expect(aSession(channelId, { startedAt: '2026-01-05T12:00:00Z' })).rejects.toThrow('channelSessions_channel_is_open');
});

test('another organisation cannot see, change or archive it, and learns nothing of it', async () => {
  const { id } = await aChannel();
  expect(await graph.data(byId, { id }, anotherOrganisation)).toEqual({ channel: null });
  expect((await graph.data(update, { input: { id, name: 'theirs' } }, anotherOrganisation)).updateChannel.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(archive, { input: { id } }, anotherOrganisation)).archiveChannel.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});
