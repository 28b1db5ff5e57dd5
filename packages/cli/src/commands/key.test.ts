import { hashSecretKey } from '@forge/auth';
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
  try {
    await keyCommand({ env: { DATABASE_URL_GATEWAYS: database.url }, projectDir }).exitOverride().configureOutput({ writeErr: () => undefined }).parseAsync(args, { from: 'user' });
  } finally {
    log.mockRestore();
  }
  return said.join('\n');
}

const rows = (printed: string) => runSql(database.url, 'SELECT "orgId", "label", "scopes", "expiresAt"::text FROM "apiKeys" WHERE "keyHash" = $1', [hashSecretKey(printed)]);

test('an organisation\'s first key may do everything, and is printed once', async () => {
  const printed = await key('--org', 'org_acme');
  expect(printed).toMatch(/^forge_sk_[\w-]{43}$/);
  expect(await rows(printed)).toEqual([{ orgId: 'org_acme', label: 'first key', scopes: ['admin'], expiresAt: null }]);
});

test('a key may do less, and for a time', async () => {
  const printed = await key('--org', 'org_acme', '--label', 'CI', '--scopes', 'workflow:read,chat:read', '--expires', '2999-01-01T00:00Z');
  expect(await rows(printed)).toEqual([{ orgId: 'org_acme', label: 'CI', scopes: ['workflow:read', 'chat:read'], expiresAt: expect.stringContaining('2999-01-01') }]);
});

test.each([
  [['--org', 'org_acme', '--scopes', 'everything'], 'is no scope; the scopes are'],
  [['--org', 'org acme'], 'Give up to 100 letters'],
  [[], "required option '--org <id>' not specified"],
])('%j is refused', async (args, fault) => {
  await expect(key(...args)).rejects.toThrow(fault);
});
