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

const fields = 'externalChannelLink { id provider externalId direction status updatedAt } userErrors { code path }';
const create = `mutation ($input: CreateExternalChannelLinkInput!) { createExternalChannelLink(input: $input) { ${fields} } }`;
const update = `mutation ($input: UpdateExternalChannelLinkInput!) { updateExternalChannelLink(input: $input) { ${fields} } }`;
const remove = 'mutation ($input: DeleteExternalChannelLinkInput!) { deleteExternalChannelLink(input: $input) { deletedId userErrors { code } } }';

const link = async (externalId: string, input: object = {}, ...as: [typeof anotherOrganisation?]) =>
  (await graph.data(create, { input: { channelId, provider: 'SLACK', externalId, ...input } }, ...as)).createExternalChannelLink;
const change = async (input: object, ...as: [typeof anotherOrganisation?]) => (await graph.data(update, { input }, ...as)).updateExternalChannelLink;

test('a new link goes both ways at once, and its channel has it', async () => {
  const made = (await link('C0NEW')).externalChannelLink;
  expect(made).toMatchObject({ provider: 'SLACK', externalId: 'C0NEW', direction: 'BOTH', status: 'ACTIVE' });
  const query = 'query ($id: ID!, $channelId: ID!) { externalChannelLink(id: $id) { channel { id } } channel(id: $channelId) { externalLinks(where: { externalId: { eq: "C0NEW" } }) { nodes { id } } } }';
  expect(await graph.data(query, { id: made.id, channelId })).toEqual({ externalChannelLink: { channel: { id: channelId } }, channel: { externalLinks: { nodes: [{ id: made.id }] } } });
  expect(await graph.data('query ($id: ID!) { externalChannelLink(id: $id) { id } }', { id: made.id }, anotherOrganisation)).toEqual({ externalChannelLink: null });
});

test('two links never lead to the same place, also when they come at once; with another provider it is another place', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => link('C0TAKEN')));
  expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'written').toSorted()).toEqual([...Array(4).fill('CONFLICT'), 'written']);
  expect((await link('C0TAKEN')).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'externalId'] }]);
  expect((await link('C0TAKEN', { provider: 'DISCORD' })).userErrors).toEqual([]);
});

test('a channel that is not there, or not theirs, is named by its path', async () => {
  const refused = [{ code: 'NOT_FOUND', path: ['input', 'channelId'] }];
  expect((await link('C0NOWHERE', { channelId: newId('Channel') })).userErrors).toEqual(refused);
  expect((await link('C0THEIRS', {}, anotherOrganisation)).userErrors).toEqual(refused);
});

test('a link is paused and resumed; once revoked it never changes, until it is deleted for another', async () => {
  const { id, updatedAt } = (await link('C0STATES')).externalChannelLink;
  expect((await change({ id, status: 'PAUSED' })).externalChannelLink.status).toBe('PAUSED');
  expect((await change({ id, expectedVersion: updatedAt, status: 'REVOKED' })).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect((await change({ id, status: 'ACTIVE', direction: 'INBOUND' })).externalChannelLink).toMatchObject({ status: 'ACTIVE', direction: 'INBOUND' });
  expect((await change({ id, status: 'REVOKED' })).externalChannelLink.status).toBe('REVOKED');
  expect((await change({ id, status: 'ACTIVE' })).userErrors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'id'] }]);
  expect((await change({ id, direction: 'BOTH' })).userErrors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'id'] }]);
  expect((await link('C0STATES')).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  expect((await graph.data(remove, { input: { id } })).deleteExternalChannelLink).toEqual({ deletedId: id, userErrors: [] });
  expect((await link('C0STATES')).userErrors).toEqual([]);
});

test('another organisation cannot change or delete a link', async () => {
  const { id } = (await link('C0OURS')).externalChannelLink;
  expect((await change({ id, status: 'REVOKED' }, anotherOrganisation)).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteExternalChannelLink.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
});
