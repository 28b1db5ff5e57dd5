import { demoPrincipal, grantedBy, hashSecretKey, prefixOfSecretKey, scopes, type Principal } from '@forge/auth';
import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, runSql, underWay } from '@forge/testing';
import { startTestGateways, type TestGateways } from '../fixture/graph.ts';
import { anApiKey } from '../fixture/rows.ts';

let graph: TestGateways;
beforeAll(async () => (graph = await startTestGateways()));
afterAll(() => graph.close());

const sample = { label: 'CI', scopes: ['workflow:read'] };
const fields = 'key apiKey { id label keyPrefix scopes interfaceId status createdById parentKeyId expiresAt lastUsedAt }';
const create = (input: object = {}, as?: Principal) => graph.mutate('createApiKey', { ...sample, ...input }, fields, as);
const parent = (values = {}) => anApiKey(graph.databaseUrl, values);
const count = async () => (await graph.data('{ apiKeys { totalCount } }')).apiKeys.totalCount as number;
const holding = (...scopes: string[]): Principal => ({ ...demoPrincipal, scopes: ['gateways:keys', ...scopes] });
const asKey = (id: string, ...scopes: string[]): Principal => ({ ...holding(...scopes), kind: 'apiKey', subject: id });

test('a new key is shown once, is ACTIVE and its maker\'s, and is stored as its hash', async () => {
  const { key, apiKey, userErrors } = await create({ interfaceId: 'github-actions', expiresAt: '2027-01-01T00:00:00.000Z' });
  expect(userErrors).toEqual([]);
  expect(prefixOfSecretKey(key)).toBe('forge_sk_');
  expect(apiKey).toEqual({
    id: expect.stringMatching(/^key_/), ...sample, keyPrefix: key.slice(0, 16), interfaceId: 'github-actions', status: 'ACTIVE', createdById: demoPrincipal.subject, parentKeyId: null,
    expiresAt: '2027-01-01T00:00:00.000Z', lastUsedAt: null,
  });
  const [row] = await runSql(graph.databaseUrl, 'SELECT * FROM "apiKeys" WHERE "id" = $1', [apiKey.id]);
  expect(row).toMatchObject({ keyHash: hashSecretKey(key) });
  expect(JSON.stringify(row)).not.toContain(key.slice(16));
  expect(await graph.lookUp(hashSecretKey(key))).toMatchObject({ subject: apiKey.id, kind: 'API_KEY' });
});

test('a key that no worker makes has no maker', async () => {
  expect((await create({}, { ...demoPrincipal, kind: 'system', subject: 'forge' })).apiKey).toMatchObject({ createdById: null, parentKeyId: null });
});

test('every fault of an input comes at once', async () => {
  const before = await count();
  const { userErrors, ...rest } = await create({ label: 'x'.repeat(129), scopes: ['workflow:read', 'workflow:fly', 'workflow:read', 'system'], parentKeyId: newId('Model'), interfaceId: '', expiresAt: '2026-11-23T12:00:00.000Z' });
  expect(rest).toEqual({ key: null, apiKey: null });
  expect(userErrors).toMatchObject([
    { path: ['input', 'label'] }, { path: ['input', 'scopes', '1'], message: expect.stringMatching(/^scopes.1: is no scope; the scopes are workflow:read, .*admin$/) }, { path: ['input', 'scopes', '3'] },
    { path: ['input', 'interfaceId'] }, { path: ['input', 'parentKeyId'] }, { path: ['input', 'expiresAt'], message: 'expiresAt: lies in the past' },
  ]);
  expect((await create({ scopes: [] })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'scopes'] }]);
  expect((await create({ scopes: ['chat:read', 'chat:read'] })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'scopes', '1'] }]);
  expect(await count()).toBe(before);
});

test('nobody hands out a scope that they do not hold, and an administrator holds all', async () => {
  const before = await count();
  const { userErrors } = await create({ scopes: ['workflow:read', 'budget:spend', 'gateways:read', 'admin'] }, holding('workflow:write'));
  expect(userErrors).toEqual([
    { code: 'FORBIDDEN', path: ['input', 'scopes', '1'], message: 'scopes.1: you do not hold budget:spend, so you cannot hand it out' },
    { code: 'FORBIDDEN', path: ['input', 'scopes', '3'], message: 'scopes.3: you do not hold admin, so you cannot hand it out' },
  ]);
  expect(await count()).toBe(before);
  expect((await create({ scopes })).userErrors).toEqual([]);
});

test('a key that makes another is its parent, unless it names one', async () => {
  const [own, other] = [await parent({ scopes: ['gateways:keys', 'chat:write'] }), await parent({ scopes: ['chat:read'] })];
  const caller = asKey(own, 'chat:write');
  expect((await create({ scopes: ['chat:read'] }, caller)).apiKey).toMatchObject({ parentKeyId: own, createdById: null });
  expect((await create({ scopes: ['chat:read'], parentKeyId: other }, caller)).apiKey).toMatchObject({ parentKeyId: other });
  expect((await create({ scopes: ['chat:write'], parentKeyId: other }, caller)).userErrors).toEqual([{ code: 'FORBIDDEN', path: ['input', 'scopes', '0'], message: 'scopes.0: the parent key does not hold chat:write' }]);
});

test('a key that was revoked a moment ago makes no more of them', async () => {
  const own = await parent({ scopes: ['gateways:keys', 'chat:read'] });
  await graph.mutate('revokeApiKey', { id: own });
  expect((await create({ scopes: ['chat:read'] }, asKey(own, 'chat:read'))).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION', path: ['input', 'parentKeyId'] }]);
});

test.each([
  ['REVOKED', { status: 'REVOKED', revokedAt: '2026-11-01T00:00:00Z' }],
  ['expired', { expiresAt: '2026-11-23T12:00:00Z' }],
])('of a key that is %s no other is derived', async (_, values) => {
  const message = 'parentKeyId: the key is REVOKED or has expired, so no other can be derived from it';
  expect((await create({ parentKeyId: await parent(values) })).userErrors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'parentKeyId'], message }]);
});

test('the key of another organisation is no parent, and not told of', async () => {
  const theirs = await parent({ orgId: anotherOrganisation.orgId });
  const unknown = await create({ parentKeyId: newId('ApiKey') });
  expect(unknown.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'parentKeyId'], message: 'parentKeyId: leads to no ApiKey' }]);
  expect(await create({ parentKeyId: theirs })).toEqual(unknown);
});

test('a child expires when its parent does, or before', async () => {
  const parentKeyId = await parent({ expiresAt: '2026-12-01T00:00:00.000Z' });
  expect((await create({ parentKeyId })).apiKey.expiresAt).toBe('2026-12-01T00:00:00.000Z');
  expect((await create({ parentKeyId, expiresAt: '2026-11-30T00:00:00.000Z' })).apiKey.expiresAt).toBe('2026-11-30T00:00:00.000Z');
  const message = 'expiresAt: must not lie after 2026-12-01T00:00:00.000Z, when the parent key expires';
  expect((await create({ parentKeyId, expiresAt: '2026-12-01T00:00:00.001Z' })).userErrors).toEqual([{ code: 'INVALID', path: ['input', 'expiresAt'], message }]);
  await expect(parent({ parentKeyId, expiresAt: null })).rejects.toThrow('apiKeys_expires_with_parent');
  await expect(parent({ parentKeyId, expiresAt: '2026-12-01T00:00:00.001Z' })).rejects.toThrow('apiKeys_expires_with_parent');
});

test('of two calls with one idempotencyKey at once one shows the key, the other the same row without it', async () => {
  const input = { label: 'twice', idempotencyKey: 'twice' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => create(input)));
  expect(new Set(answers.map(({ apiKey }) => apiKey.id)).size).toBe(1);
  const [key, ...others] = answers.map((answer) => answer.key as string | null).sort((a, b) => Number(a === null) - Number(b === null));
  expect([prefixOfSecretKey(key ?? ''), others]).toEqual(['forge_sk_', [null, null, null, null]]);
  expect(await create(input)).toMatchObject({ key: null, apiKey: { id: answers[0].apiKey.id, keyPrefix: key?.slice(0, 16) }, userErrors: [] });
  expect((await create({ ...input, scopes: ['chat:read'] })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'idempotencyKey'] }]);
  expect(JSON.stringify(await runSql(graph.databaseUrl, 'SELECT * FROM "callbackDedup"'))).not.toContain(key?.slice(16));
});

test('a key made while its parent is being revoked is refused once that is committed', async () => {
  const parentKeyId = await parent();
  const { committed } = await underWay(graph.databaseUrl, `UPDATE "apiKeys" SET "status" = 'REVOKED', "revokedAt" = now() WHERE "id" = '${parentKeyId}'`);
  expect((await create({ parentKeyId })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION', path: ['input', 'parentKeyId'] }]);
  await committed;
});

test('of the keys made while their parent is revoked none is left', async () => {
  const parentKeyId = await parent();
  const making = Array.from({ length: 20 }, () => create({ parentKeyId }));
  await Promise.all([...making.slice(0, 10), graph.mutate('revokeApiKey', { id: parentKeyId }), ...making.slice(10)]);
  const { childKeys } = (await graph.data('query ($id: ID!) { apiKey(id: $id) { childKeys(where: { status: { eq: ACTIVE } }) { totalCount } } }', { id: parentKeyId })).apiKey;
  expect(childKeys.totalCount).toBe(0);
});

test('whoever may only read gateways makes no key', async () => {
  const { errors } = await graph.ask('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key } }', { input: sample }, { ...demoPrincipal, scopes: ['gateways:write'] });
  expect(errors).toMatchObject([{ message: 'This needs the scope gateways:keys.', extensions: { code: 'FORBIDDEN' } }]);
});

test('the database knows as well as the code what comes with a scope', async () => {
  for (const scope of scopes.filter((each) => each !== 'admin')) {
    const [row] = await runSql<{ granted: string[] }>(graph.databaseUrl, 'SELECT scopes_granted_by($1) AS granted', [[scope]]);
    expect({ scope, granted: new Set(row?.granted) }).toEqual({ scope, granted: grantedBy([scope]) });
  }
});
