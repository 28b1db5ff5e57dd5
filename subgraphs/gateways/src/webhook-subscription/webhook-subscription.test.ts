import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { testKeyring } from '../fixture/keyring.ts';
import { aDelivery } from '../fixture/rows.ts';
import { createGatewaysSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('gateways'), (settings) => createGatewaysSubgraph({ ...settings, keyring: testKeyring }))));
afterAll(() => graph.close());

const fields = 'webhookSubscription { id url eventTypes status description updatedAt }';
const create = `mutation ($input: CreateWebhookSubscriptionInput!) { createWebhookSubscription(input: $input) { ${fields} secret userErrors { code message path } } }`;
const update = `mutation ($input: UpdateWebhookSubscriptionInput!) { updateWebhookSubscription(input: $input) { ${fields} userErrors { code message path } } }`;
const remove = 'mutation ($input: DeleteWebhookSubscriptionInput!) { deleteWebhookSubscription(input: $input) { deletedId userErrors { code message path } } }';
const sample = { url: 'https://hooks.example.com/forge', eventTypes: ['workflow.run.completed', 'budget.*'] };

const make = async (input: object = {}) => (await graph.data(create, { input: { ...sample, ...input } })).createWebhookSubscription;
const aSubscription = async (input: object = {}) => (await make(input)).webhookSubscription;

test('a new subscription is ACTIVE and found under its maker, and by nobody else', async () => {
  const createdById = 'wrk_01h455vb4pex5vsknk084sn02q';
  const made = await aSubscription({ createdById, description: 'Room' });
  expect(made).toMatchObject({ ...sample, status: 'ACTIVE', description: 'Room' });
  const { _entities } = await graph.data(
    'query ($workers: [_Any!]!) { _entities(representations: $workers) { ... on Worker { webhookSubscriptions { nodes { id createdBy { id } } } } } }',
    { workers: [{ __typename: 'Worker', id: createdById }] },
  );
  expect(_entities).toEqual([{ webhookSubscriptions: { nodes: [{ id: made.id, createdBy: { id: createdById } }] } }]);
  expect(await graph.data('query ($id: ID!) { webhookSubscription(id: $id) { id } }', { id: made.id }, anotherOrganisation)).toEqual({ webhookSubscription: null });
});

test('its secret is shown once, stored encrypted, and the same for a call that is repeated', async () => {
  const [first, other] = [await make({ idempotencyKey: 'k1' }), await make()];
  // Standard Webhooks: 24 to 64 bytes as base64.
  expect(first.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(other.secret).not.toBe(first.secret);
  expect(await make({ idempotencyKey: 'k1' })).toEqual(first);
  expect(JSON.stringify(await runSql(graph.databaseUrl, 'SELECT * FROM "webhookSubscriptions"'))).not.toContain('whsec_');
  expect((await graph.ask('{ webhookSubscriptions { nodes { secret } } }')).errors?.[0]?.message).toContain('Cannot query field "secret"');
});

test('where no key is configured, nothing is stored, and the client is told so', async () => {
  const keyless = await startTestSubgraph(createTestDatabase('gateways'), createGatewaysSubgraph);
  try {
    expect((await keyless.data(create, { input: sample })).createWebhookSubscription).toMatchObject({ webhookSubscription: null, secret: null, userErrors: [{ code: 'FORBIDDEN', path: ['input'] }] });
    expect(await keyless.data('{ webhookSubscriptions { totalCount } }')).toEqual({ webhookSubscriptions: { totalCount: 0 } });
  } finally {
    await keyless.close();
  }
});

const badType = 'must be an event type such as workflow.run.completed, or a prefix such as workflow.*';

test.each<[object, string, string]>([
  [{ url: 'http://hooks.example.com/' }, 'url', 'must begin with https://'],
  [{ url: 'https://2130706433/' }, 'url', 'must lead to the public internet; 127.0.0.1 does not'],
  [{ url: `https://hooks.example.com/${'x'.repeat(2_000)}` }, 'url', 'has more than 2000 characters'],
  [{ eventTypes: [] }, 'eventTypes', 'needs at least one event type'],
  [{ eventTypes: ['budget.*', 'budget.*'] }, 'eventTypes.1', 'is in the list already'],
  [{ eventTypes: Array.from({ length: 51 }, (_, i) => `type.${i}`) }, 'eventTypes', 'has more than 50 entries'],
  ...['*', 'budget*', '.budget', 'budget.*.raised', 'budget.', 'two words'].map((type): [object, string, string] => [{ eventTypes: [type] }, 'eventTypes.0', badType]),
])('%p is refused when made and when changed', async (wrong, field, message) => {
  const fault = { code: 'INVALID', path: ['input', ...field.split('.')], message: `${field}: ${message}` };
  expect((await make(wrong)).userErrors).toEqual([fault]);
  const { id } = await aSubscription();
  expect((await graph.data(update, { input: { id, ...wrong } })).updateWebhookSubscription).toEqual({ webhookSubscription: null, userErrors: [fault] });
});

test('an update takes only what changes, clears by null, and loses against an earlier one', async () => {
  const { id, updatedAt } = await aSubscription({ description: 'Room' });
  expect((await graph.data(update, { input: { id, url: 'https://8.8.8.8/hook' } })).updateWebhookSubscription.webhookSubscription).toMatchObject({ ...sample, url: 'https://8.8.8.8/hook', description: 'Room' });
  expect((await graph.data(update, { input: { id, description: null } })).updateWebhookSubscription.webhookSubscription).toMatchObject({ description: null });
  expect((await graph.data(update, { input: { id, expectedVersion: updatedAt, description: 'Late' } })).updateWebhookSubscription.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});

test('one with deliveries is not deleted; one without is, by its own organisation only', async () => {
  const [used, free] = [await aSubscription(), await aSubscription()];
  await aDelivery(graph.databaseUrl, used.id);
  expect((await graph.data(remove, { input: { id: used.id } })).deleteWebhookSubscription.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'id'], message: 'id: the subscription has deliveries; revoke it instead' }]);
  for (const [mutation, name, input] of [[update, 'updateWebhookSubscription', { description: 'x' }], [remove, 'deleteWebhookSubscription', {}]] as const) {
    expect((await graph.data(mutation, { input: { id: free.id, ...input } }, anotherOrganisation))[name].userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
  }
  expect((await graph.data(remove, { input: { id: free.id } })).deleteWebhookSubscription).toEqual({ deletedId: free.id, userErrors: [] });
});

test('the database takes no other URL than https, no secret in the clear, and nothing back from REVOKED', async () => {
  const { id } = await aSubscription();
  const set = (change: string) => runSql(graph.databaseUrl, `UPDATE "webhookSubscriptions" SET ${change} WHERE "id" = $1`, [id]);
  await expect(set(`"url" = 'http://hooks.example.com/'`)).rejects.toThrow('webhookSubscriptions_url_is_https');
  await expect(set(`"secret" = 'whsec_in_the_clear'`)).rejects.toThrow('webhookSubscriptions_secret_is_sealed');
  await set(`"status" = 'REVOKED'`);
  await expect(set(`"status" = 'ACTIVE'`)).rejects.toThrow('stays revoked');
});
