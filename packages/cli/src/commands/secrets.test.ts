import { readPublicKeys } from '@forge/auth';
import { startDatabase, startThrowAway } from '@forge/database';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { listDomains } from '../domains.ts';
import { secretsCommand } from './secrets.ts';

const { jest } = import.meta;
const projectDir = join(import.meta.dirname, '../../../..');
const domains = listDomains(projectDir);
const urls = domains.map((domain) => `DATABASE_URL_${domain.toUpperCase()}`);
const keys = ['FORGE_GATEWAY_PRIVATE_KEY', 'FORGE_GATEWAY_PUBLIC_KEY', 'FORGE_EVENT_SECRETS', 'FORGE_SECRET_KEYS'];

async function print(...args: string[]): Promise<string> {
  const said: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => said.push(line));
  try {
    await secretsCommand({ env: {}, projectDir }).parseAsync(args, { from: 'user' });
  } finally {
    log.mockRestore();
  }
  return said.join('\n');
}

test('an .env file has all that deploy/compose.yaml asks for, and the keys fit each other', async () => {
  const env = parseEnv(await print());
  expect(Object.keys(env)).toEqual(['POSTGRES_PASSWORD', 'DATABASE_URL', ...urls, ...keys].sort());
  expect(env['DATABASE_URL']).toBe(`postgres://forge:${env['POSTGRES_PASSWORD']}@postgres:5432/postgres`);
  expect(readPublicKeys(env['FORGE_GATEWAY_PUBLIC_KEY'] ?? '')).toHaveLength(1);
  expect(env['FORGE_GATEWAY_PRIVATE_KEY']).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(env['FORGE_SECRET_KEYS']).toMatch(/^\d{4}-\d\d-\d\d:[\w-]{43}$/);
});

test('nothing is printed twice', async () => {
  const [one, another] = [parseEnv(await print()), parseEnv(await print())];
  for (const name of Object.keys(one)) expect(one[name]).not.toBe(another[name]);
});

test('as a Kubernetes Secret it has the same variables, without a password for a server that is there already', async () => {
  const secret = parse(await print('--kubernetes', 'forge', '--database-url', 'postgres://admin:s3cret@db.internal/postgres?sslmode=verify-full'));
  expect(secret).toMatchObject({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'forge' } });
  expect(Object.keys(secret.stringData)).toEqual(['DATABASE_URL', ...urls, ...keys]);
  expect(secret.stringData['DATABASE_URL_CHAT']).toMatch(/^postgres:\/\/forge_chat:[\w-]+@db\.internal\/forge_chat\?sslmode=verify-full$/);
});

test('the domains\' URLs are those of the roles that the administrator makes', async () => {
  const server = await startThrowAway();
  try {
    const env = parseEnv(await print('--database-url', server.url));
    const database = await startDatabase({ env: { DATABASE_URL: server.url }, projectDir, domains });
    for (const domain of ['agents', 'workflow']) expect(await database.urlFor(domain)).toBe(env[`DATABASE_URL_${domain.toUpperCase()}`]);
  } finally {
    await server.stop();
  }
});

test.each(['postgres://admin@db/postgres', 'db'])('a URL without a password is refused: %s', async (url) => {
  await expect(print('--database-url', url)).rejects.toMatchObject({ name: 'OperatorError', message: expect.stringContaining('with the password') });
});
