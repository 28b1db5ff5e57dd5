import { createDatabaseWith, runSql, testServerUrl, type TestDatabase } from '@forge/testing';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder } from './fixture/folder.ts';
import { startDatabase } from './start-database.ts';
import { urlOf } from './urls.ts';

const folder = aFolder();
const projectDir = folder.path;
const domain = `test_${randomBytes(6).toString('hex')}`;
let own: TestDatabase;
beforeAll(async () => void (own = await createDatabaseWith('')));
afterAll(async () => {
  await own.drop();
  folder.remove();
});

/** What is wrong with starting on `env`: OperatorErrors only, which are shown without a stack. */
async function faultOf(env: Record<string, string>): Promise<string> {
  const error: unknown = await startDatabase({ env, projectDir, domains: ['workflow', 'agents'] }).catch((caught: unknown) => caught);
  expect(error).toHaveProperty('name', expect.stringMatching(/^(Operator|Config)Error$/));
  return (error as Error).message;
}

test('without configuration the databases are on the embedded server, which goes when it is stopped and keeps the data', async () => {
  for (const expected of [[{ there: false }], [{ there: true }]]) {
    const database = await startDatabase({ env: {}, projectDir, domains: ['workflow'] });
    const url = await database.urlFor('workflow');
    expect(await runSql(url, `SELECT to_regclass('kept') IS NOT NULL AS there`)).toEqual(expected);
    await runSql(url, 'CREATE TABLE IF NOT EXISTS kept ()');
    await database.stop();
  }
  expect(existsSync(join(projectDir, '.forge/postgres/cluster/data/postmaster.pid'))).toBe(false);
});

test('with DATABASE_URL each domain gets a database there, unless it brings one', async () => {
  const database = await startDatabase({ env: { DATABASE_URL: testServerUrl(), DATABASE_URL_AGENTS: own.url }, projectDir, domains: ['agents', domain] });
  expect(await database.urlFor('agents')).toBe(own.url);
  expect(await runSql(await database.urlFor(domain), 'SELECT current_user AS role')).toEqual([{ role: `forge_${domain}` }]);
  await database.stop();
  await runSql(testServerUrl(), `DROP DATABASE forge_${domain} WITH (FORCE)`);
  await runSql(testServerUrl(), `DROP ROLE forge_${domain}`);
});

test('when every domain brings a database nothing is started', async () => {
  const database = await startDatabase({ env: { DATABASE_URL_AGENTS: own.url }, projectDir: '/nowhere', domains: ['agents'] });
  expect(database.url).toBeUndefined();
  await expect(database.urlFor('workflow')).rejects.toThrow('DATABASE_URL_WORKFLOW: is not set, and neither is DATABASE_URL');
  await database.stop();
});

test('a database that is not there, or not for this password, is named without the password', async () => {
  expect(await faultOf({ DATABASE_URL: 'postgres://ada:s3cret@127.0.0.1:1/forge' })).toBe('No usable database at postgres://ada@127.0.0.1:1/forge: connect ECONNREFUSED 127.0.0.1:1');
  const { host } = new URL(testServerUrl());
  const wrong = urlOf(testServerUrl(), 'postgres', { name: 'postgres', password: 's3cret' });
  expect(await faultOf({ DATABASE_URL: wrong })).toBe(`No usable database at postgres://postgres@${host}/postgres: password authentication failed for user "postgres"`);
  expect(await faultOf({ DATABASE_URL: `postgres://postgres@${host}/postgres` })).toBe(`No usable database at postgres://postgres@${host}/postgres: it asks for a password, and the URL has none`);
  expect(await faultOf({ DATABASE_URL_AGENTS: urlOf(own.url, 'nowhere') })).toBe(`No usable database at postgres://postgres@${host}/nowhere: database "nowhere" does not exist`);
});

test('a URL that cannot be read is named by its variable, without its value', async () => {
  const message = await faultOf({ DATABASE_URL: 'postgres://ada:s3cret@db:99999/forge', DATABASE_URL_AGENTS: 'mysql://ada:s3cret@db' });
  expect(message).toMatch(/2 faults[\s\S]*DATABASE_URL: must be a URL such as postgres:\/\/[\s\S]*DATABASE_URL_AGENTS: must be/);
  expect(message).not.toContain('s3cret');
});
