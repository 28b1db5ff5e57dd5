import { demoOrgId, hashSecretKey, scopes } from '@forge/auth';
import { newId } from '@forge/subgraph-kit';
import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { join } from 'node:path';
import { keyCommand } from './key.ts';

const { jest } = import.meta;
const projectDir = join(import.meta.dirname, '../../../..');
let database: TestDatabase;
beforeAll(async () => (database = await createTestDatabase('gateways')));
afterAll(() => database.drop());

async function key(...args: string[]): Promise<string> {
  const said: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => said.push(line));
  const command = keyCommand({ env: { DATABASE_URL_GATEWAYS: database.url }, projectDir });
  for (const each of [command, ...command.commands]) each.exitOverride().configureOutput({ writeErr: () => undefined });
  try {
    await command.parseAsync(args, { from: 'user' });
  } finally {
    log.mockRestore();
  }
  return said.join('\n');
}

const rows = (printed: string) => runSql(database.url, 'SELECT "orgId", "label", "scopes", "expiresAt"::text FROM "apiKeys" WHERE "keyHash" = $1', [hashSecretKey(printed)]);

test('an organisation\'s first key may do everything, and is all that is printed', async () => {
  const printed = await key('create', '--org', 'org_acme');
  expect(printed).toMatch(/^forge_sk_[\w-]{43}$/);
  expect(await rows(printed)).toEqual([{ orgId: 'org_acme', label: 'first key', scopes: ['admin'], expiresAt: null }]);
});

test('a key may do less, and for a time; unless said otherwise it is the demo organisation\'s', async () => {
  const printed = await key('create', '--label', 'CI', '--scopes', 'workflow:read,chat:read', '--expires', '2999-01-01T00:00Z');
  expect(await rows(printed)).toEqual([{ orgId: demoOrgId, label: 'CI', scopes: ['workflow:read', 'chat:read'], expiresAt: expect.stringContaining('2999-01-01') }]);
});

test('create need not be said', async () => {
  expect(await rows(await key('--org', 'org_acme', '--scopes', scopes.join()))).toEqual([{ orgId: 'org_acme', label: 'first key', scopes, expiresAt: null }]);
});

test('a key is revoked, by whoever names its organisation, and stays so', async () => {
  const [row] = await runSql<{ id: string }>(database.url, 'SELECT "id" FROM "apiKeys" WHERE "keyHash" = $1', [hashSecretKey(await key('--org', 'org_acme', '--label', 'lost'))]);
  const id = row?.id ?? '';
  await expect(key('revoke', id)).rejects.toThrow('id: leads to no ApiKey');
  const said = await key('revoke', id, '--org', 'org_acme');
  expect(said).toMatch(new RegExp(`^${id} \\(lost\\) is REVOKED since \\d{4}-.*Z, and all keys that were derived from it\\.$`));
  expect(await key('revoke', id, '--org', 'org_acme')).toBe(said);
});

test.each([
  [['create', '--scopes', 'everything'], 'is no scope; the scopes are'],
  [['create', '--expires', '2020-01-01T00:00Z'], 'expiresAt: lies in the past'],
  [['create', '--expires', 'tomorrow'], 'Give a time with its zone'],
  [['create', '--org', 'org acme'], 'Give up to 100 letters'],
  [['revoke'], "missing required argument 'id'"],
  [['revoke', newId('Gateway')], 'expected the id of an ApiKey'],
])('%j is refused', async (args, fault) => {
  await expect(key(...args)).rejects.toThrow(fault);
});
