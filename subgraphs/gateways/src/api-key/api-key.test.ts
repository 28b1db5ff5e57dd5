import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { setTimeout } from 'node:timers/promises';
import { anApiKey } from '../fixture/rows.ts';
import { createGatewaysSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('gateways'), createGatewaysSubgraph)));
afterAll(() => graph.close());

const key = (values = {}) => anApiKey(graph.databaseUrl, values);
const set = (id: string, change: string) => runSql(graph.databaseUrl, `UPDATE "apiKeys" SET ${change} WHERE "id" = $1`, [id]);
const revoked = `"status" = 'REVOKED', "revokedAt" = '2026-11-23T10:00:00Z'`;
const statusOf = async (id: string) => (await graph.data('query ($id: ID!) { apiKey(id: $id) { status revokedAt } }', { id })).apiKey;

test('a key is found with its family and under its maker, and by nobody else', async () => {
  const maker = 'wrk_01h455vb4pex5vsknk084sn02q';
  const parent = await key({ createdById: maker, interfaceId: 'github-actions' });
  const child = await key({ parentKeyId: parent });
  const { apiKey, _entities } = await graph.data(
    'query ($id: ID!, $workers: [_Any!]!) { apiKey(id: $id) { keyPrefix interfaceId createdBy { id } parentKey { id } childKeys { nodes { id parentKey { id } } } } _entities(representations: $workers) { ... on Worker { apiKeys { nodes { id } } } } }',
    { id: parent, workers: [{ __typename: 'Worker', id: maker }] },
  );
  expect(apiKey).toEqual({ keyPrefix: 'forge_sk_ab12', interfaceId: 'github-actions', createdBy: { id: maker }, parentKey: null, childKeys: { nodes: [{ id: child, parentKey: { id: parent } }] } });
  expect(_entities).toEqual([{ apiKeys: { nodes: [{ id: parent }] } }]);
  expect(await graph.data('query ($id: ID!) { apiKey(id: $id) { id } apiKeys { totalCount } }', { id: parent }, anotherOrganisation)).toEqual({ apiKey: null, apiKeys: { totalCount: 0 } });
});

test('no query reaches the hash of a key', async () => {
  expect((await graph.ask('{ apiKeys { nodes { keyHash } } }')).errors?.[0]?.message).toContain('Cannot query field "keyHash"');
  expect((await graph.ask('{ apiKeys(where: { keyHash: { eq: "a" } }) { totalCount } }')).errors?.[0]?.message).toContain('Field "keyHash" is not defined');
});

test('a hash is there once, over all organisations', async () => {
  const keyHash = 'f'.repeat(64);
  await key({ keyHash });
  await expect(key({ keyHash, orgId: anotherOrganisation.orgId })).rejects.toThrow('apiKeys_keyHash_key');
});

test.each([
  ['apiKeys_label_not_long', { label: 'x'.repeat(129) }],
  ['apiKeys_prefix_is_short', { keyPrefix: `forge_sk_${'a'.repeat(43)}` }],
  ['apiKeys_hash_is_sha256', { keyHash: 'forge_sk_in_the_clear' }],
  ['apiKeys_revoked_has_time', { status: 'REVOKED' }],
  ['apiKeys_list_is_there', { scopes: null }],
  ['apiKeys_parent_is_another', { id: 'key_01h455vb4pex5vsknk084sn02q', parentKeyId: 'key_01h455vb4pex5vsknk084sn02q' }],
  ['apiKeys_orgId_parentKeyId_fkey', { parentKeyId: 'key_01h455vb4pex5vsknk084sn02q' }],
])('the database holds %s: %p', async (constraint, values) => {
  await expect(key(values)).rejects.toThrow(constraint);
});

test('a child may do what its parent may, and no more; a parent that may do everything has children of any kind', async () => {
  const [parent, admin] = [await key({ scopes: ['workflow:read', 'chat:read'] }), await key({ scopes: ['admin'] })];
  await expect(key({ parentKeyId: parent, scopes: ['chat:read'] })).resolves.toMatch(/^key_/);
  await expect(key({ parentKeyId: parent, scopes: ['chat:read', 'chat:write'] })).rejects.toThrow('apiKeys_scopes_within_parent');
  await expect(key({ parentKeyId: admin, scopes: ['budget:spend'] })).resolves.toMatch(/^key_/);
  await expect(key({ parentKeyId: await key({ scopes: ['chat:write'] }), scopes: ['chat:read'] })).resolves.toMatch(/^key_/);
});

test('what a key is does not change, and a revoked one stays revoked', async () => {
  const [id, other] = [await key(), await key()];
  for (const change of [`"scopes" = '{admin}'`, `"keyHash" = repeat('e', 64)`, `"parentKeyId" = '${other}'`, `"expiresAt" = now()`]) {
    await expect(set(id, change)).rejects.toThrow('keeps its hash, scopes, parent and expiry');
  }
  await set(id, revoked);
  await expect(set(id, `"status" = 'ACTIVE', "revokedAt" = NULL`)).rejects.toThrow('a revoked one stays revoked');
});

test('a revoked key takes its children and theirs along, and has no more of them', async () => {
  const parent = await key();
  const child = await key({ parentKeyId: parent });
  const grandchild = await key({ parentKeyId: child });
  const bystander = await key();
  await set(parent, revoked);
  for (const id of [parent, child, grandchild]) expect(await statusOf(id)).toEqual({ status: 'REVOKED', revokedAt: '2026-11-23T10:00:00.000Z' });
  expect(await statusOf(bystander)).toEqual({ status: 'ACTIVE', revokedAt: null });
  await expect(key({ parentKeyId: parent })).rejects.toThrow('apiKeys_parent_is_active');
});

test('a child that is made while its parent is being revoked does not survive it', async () => {
  const parent = await key();
  const making = runSql(graph.databaseUrl, `BEGIN;
    INSERT INTO "apiKeys" ("id", "orgId", "label", "keyPrefix", "keyHash", "parentKeyId")
      SELECT 'key_01h455vb4pex5vsknk084sn03q', "orgId", 'late', "keyPrefix", repeat('d', 64), "id" FROM "apiKeys" WHERE "id" = '${parent}';
    SELECT pg_sleep(0.5);
    COMMIT`);
  while ((await runSql(graph.databaseUrl, `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`)).length === 0) await setTimeout(20);
  await set(parent, revoked);
  await making;
  expect(await statusOf('key_01h455vb4pex5vsknk084sn03q')).toMatchObject({ status: 'REVOKED' });
});
