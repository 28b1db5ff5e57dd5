import { hashSecretKey } from '@forge/auth';
import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { startTestGateways, type TestGateways } from '../fixture/graph.ts';
import { anApiKey } from '../fixture/rows.ts';

let graph: TestGateways;
beforeAll(async () => (graph = await startTestGateways()));
afterAll(() => graph.close());

const key = (values = {}) => anApiKey(graph.databaseUrl, values);
const revoke = (input: object, as?: typeof anotherOrganisation) => graph.mutate('revokeApiKey', input, 'apiKey { status revokedAt updatedAt }', as);
const stored = async (id: string) => (await graph.data('query ($id: ID!) { apiKey(id: $id) { status revokedAt updatedAt } }', { id })).apiKey;

test('a key is revoked with its children and theirs, in one statement, and opens nothing any more', async () => {
  const { key: secret, apiKey: { id } } = await graph.mutate('createApiKey', { label: 'CI', scopes: ['chat:read'] }, 'key apiKey { id }');
  const child = await key({ parentKeyId: id, scopes: ['chat:read'] });
  const grandchild = await key({ parentKeyId: child, scopes: ['chat:read'] });
  graph.statements.clear();
  const { apiKey, userErrors } = await revoke({ id });
  expect(userErrors).toEqual([]);
  expect(graph.statements.texts.filter((text) => text.startsWith('UPDATE'))).toHaveLength(1);
  expect(apiKey).toMatchObject({ status: 'REVOKED', revokedAt: graph.clock.now.toISOString() });
  for (const each of [child, grandchild]) expect(await stored(each)).toMatchObject({ status: 'REVOKED', revokedAt: apiKey.revokedAt });
  expect(await graph.lookUp(hashSecretKey(secret))).toBeNull();
});

test('a key that is REVOKED already stays as it is, whichever version was seen', async () => {
  const id = await key();
  const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => revoke({ id })));
  expect(others).toEqual(Array(4).fill(first));
  graph.later(1_000);
  expect(await revoke({ id, expectedVersion: '2026-01-01T00:00:00.000Z' })).toEqual(first);
});

test('whoever saw an older version is told; that the key was used meanwhile is no other version', async () => {
  const { key: secret, apiKey } = await graph.mutate('createApiKey', { label: 'CI', scopes: ['chat:read'] }, 'key apiKey { id updatedAt }');
  await graph.lookUp(hashSecretKey(secret));
  expect((await revoke({ id: apiKey.id, expectedVersion: '2026-01-01T00:00:00.000Z' })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect(await stored(apiKey.id)).toMatchObject({ status: 'ACTIVE', updatedAt: apiKey.updatedAt });
  expect((await revoke({ id: apiKey.id, expectedVersion: apiKey.updatedAt })).userErrors).toEqual([]);
});

test('another organisation, and an id that leads nowhere, find no key', async () => {
  const id = await key();
  const none = { apiKey: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'id'], message: 'id: leads to no ApiKey' }] };
  expect([await revoke({ id }, anotherOrganisation), await revoke({ id: newId('ApiKey') })]).toEqual([none, none]);
  expect((await revoke({ id: newId('Gateway') })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'id'] }]);
  expect(await stored(id)).toMatchObject({ status: 'ACTIVE' });
});
