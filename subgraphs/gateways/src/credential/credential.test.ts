import { demoPrincipal, hashSecretKey, scopes } from '@forge/auth';
import { anotherOrganisation, runSql, underWay } from '@forge/testing';
import { startTestGateways, type TestGateways } from '../fixture/graph.ts';
import { aGateway, anApiKey } from '../fixture/rows.ts';

let graph: TestGateways;
beforeAll(async () => (graph = await startTestGateways()));
afterAll(() => graph.close());

let number = 0;
/** A hash, and a row of the demo organisation unless `values` say another. */
async function aKey(values: object = {}) {
  const keyHash = hashSecretKey(`forge_sk_${++number}`);
  return { hash: keyHash, id: await anApiKey(graph.databaseUrl, { keyHash, ...values }) };
}
async function aToken(values: object = {}) {
  const tokenHash = hashSecretKey(`forge_gt_${++number}`);
  return { hash: tokenHash, id: await aGateway(graph.databaseUrl, { tokenHash, ...values }) };
}
const soon = (milliseconds: number) => new Date(graph.clock.now.getTime() + milliseconds);
const read = async (table: string, id: string) => (await runSql(graph.databaseUrl, `SELECT * FROM "${table}" WHERE "id" = $1`, [id]))[0] ?? {};

test('a key is known by its hash, in whichever organisation, by one statement', async () => {
  const { hash, id } = await aKey({ orgId: anotherOrganisation.orgId, scopes: ['chat:read', 'budget:spend'], expiresAt: soon(1) });
  graph.statements.clear();
  expect(await graph.lookUp(hash)).toEqual({ orgId: anotherOrganisation.orgId, subject: id, kind: 'API_KEY', scopes: ['chat:read', 'budget:spend'], expiresAt: soon(1).toISOString() });
  expect(graph.statements.texts).toHaveLength(1);
});

test('a gateway\'s token opens what runtimes do, and is the row\'s', async () => {
  const { hash, id } = await aToken();
  graph.statements.clear();
  expect(await graph.lookUp(hash)).toEqual({ orgId: demoPrincipal.orgId, subject: id, kind: 'GATEWAY', scopes: ['gateways:runtime'], expiresAt: null });
  expect(graph.statements.texts).toHaveLength(1);
});

test('the token before the last rotation works until its overlap ends, and not a moment longer', async () => {
  const previousTokenHash = hashSecretKey('forge_gt_old');
  const { id } = await aToken({ previousTokenHash, previousTokenExpiresAt: soon(1) });
  expect(await graph.lookUp(previousTokenHash)).toMatchObject({ subject: id, expiresAt: soon(1).toISOString() });
  graph.later(1);
  expect(await graph.lookUp(previousTokenHash)).toBeNull();
});

test('what is revoked, has expired or never was opens nothing', async () => {
  const parent = await aKey({ expiresAt: soon(10_000) });
  const child = await aKey({ parentKeyId: parent.id, expiresAt: soon(0) });
  const grandchild = await aKey({ parentKeyId: parent.id, expiresAt: soon(9_000) });
  expect([await graph.lookUp(child.hash), (await graph.lookUp(grandchild.hash))?.subject]).toEqual([null, grandchild.id]);
  await graph.mutate('revokeApiKey', { id: parent.id });
  for (const hash of [parent.hash, grandchild.hash, 'f'.repeat(64)]) expect(await graph.lookUp(hash)).toBeNull();
});

test.each(['', 'x', 'F'.repeat(64), `${'f'.repeat(64)}\n`, 'forge_sk_in_the_clear'])('%j is no hash, and costs no statement', async (hash) => {
  graph.statements.clear();
  expect(await graph.lookUp(hash)).toBeNull();
  expect(graph.statements.texts).toEqual([]);
});

test('that a key was used is noted once a minute, and is no change of the key', async () => {
  const { hash, id } = await aKey();
  const { updatedAt } = await read('apiKeys', id);
  const first = graph.clock.now;
  await Promise.all(Array.from({ length: 5 }, () => graph.lookUp(hash)));
  graph.later(59_999);
  await graph.lookUp(hash);
  expect(await read('apiKeys', id)).toMatchObject({ lastUsedAt: first, updatedAt });
  graph.later(1);
  await graph.lookUp(hash);
  expect(await read('apiKeys', id)).toMatchObject({ lastUsedAt: graph.clock.now, updatedAt });
});

test('that a key has expired is not taken for its use', async () => {
  const { hash, id } = await aKey({ expiresAt: soon(0) });
  await graph.lookUp(hash);
  expect(await read('apiKeys', id)).toMatchObject({ lastUsedAt: null });
});

test('that a token was used is noted the first time; that the one before it was, never', async () => {
  const previousTokenHash = hashSecretKey('forge_gt_older');
  const { hash, id } = await aToken({ previousTokenHash, previousTokenExpiresAt: soon(3_600_000) });
  const { updatedAt } = await read('gatewayRegistry', id);
  await graph.lookUp(previousTokenHash);
  expect(await read('gatewayRegistry', id)).toMatchObject({ tokenUsedAt: null });
  const first = graph.clock.now;
  await graph.lookUp(hash);
  graph.later(60_000);
  await graph.lookUp(hash);
  expect(await read('gatewayRegistry', id)).toMatchObject({ tokenUsedAt: first, updatedAt });
});

test('who has a row locked keeps nobody waiting: the use is noted another time', async () => {
  const [key, token] = [await aKey(), await aToken()];
  const { committed } = await underWay(graph.databaseUrl, `UPDATE "apiKeys" SET "label" = 'other' WHERE "id" = '${key.id}'; UPDATE "gatewayRegistry" SET "name" = 'other' WHERE "id" = '${token.id}'`);
  let isCommitted = false;
  void committed.then(() => (isCommitted = true));
  expect([(await graph.lookUp(key.hash)).subject, (await graph.lookUp(token.hash)).subject, isCommitted]).toEqual([key.id, token.id, false]);
  await committed;
  expect(await read('apiKeys', key.id)).toMatchObject({ label: 'other', lastUsedAt: null });
  await graph.lookUp(key.hash);
  expect(await read('apiKeys', key.id)).toMatchObject({ lastUsedAt: graph.clock.now });
});

test('indexes find the row among many', async () => {
  await runSql(graph.databaseUrl, `
    INSERT INTO "apiKeys" ("id", "orgId", "label", "keyPrefix", "keyHash") SELECT 'key ' || n, 'org', 'l', 'forge_sk_ab12', repeat('0', 55) || to_char(n, 'FM099999999') FROM generate_series(1, 20000) AS n;
    INSERT INTO "gatewayRegistry" ("id", "orgId", "gatewayId", "name", "url", "provider", "environment", "registrationSource", "tokenHash") SELECT 'gw ' || n, 'org', n, 'l', 'u', 'CUSTOM', 'e', 'MANUAL', repeat('0', 55) || to_char(n, 'FM099999999') FROM generate_series(1, 20000) AS n;
    ANALYZE "apiKeys", "gatewayRegistry"`);
  graph.statements.clear();
  await graph.lookUp('f'.repeat(64));
  const plan = JSON.stringify(await runSql(graph.databaseUrl, `EXPLAIN (GENERIC_PLAN) ${graph.statements.texts[0]}`));
  for (const index of ['apiKeys_keyHash_key', 'gatewayRegistry_tokenHash_key', 'gatewayRegistry_previousTokenHash_key']) expect(plan).toContain(index);
  expect(plan).not.toContain('Seq Scan');
});

test('nobody but the gateway in front of the graph asks: an administrator does not', async () => {
  const { hash } = await aKey();
  for (const principal of [demoPrincipal, { ...demoPrincipal, scopes }]) {
    graph.statements.clear();
    const { data, errors } = await graph.ask('query ($hash: String!) { credential(hash: $hash) { orgId } }', { hash }, principal);
    expect({ data, errors }).toMatchObject({ data: { credential: null }, errors: [{ message: 'This needs the scope system.' }] });
    expect(graph.statements.texts).toEqual([]);
  }
});
