import { startDatabase, startThrowAway, type EmbeddedServer } from '@forge/database';
import { runSql } from '@forge/testing';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { listDomains } from '../domains.ts';
import { runSplit, type SplitPlatform } from './split-platform.ts';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

const projectDir = join(import.meta.dirname, '../../../..');
const limit = 800;
let server: EmbeddedServer;
let split: SplitPlatform;
let together: TestPlatform;
/** Of each topology: where it answers, and its workflow database. */
let topologies: Record<'together' | 'split', { endpoint: string; databaseUrl: string }>;

beforeAll(async () => {
  [server, together] = await Promise.all([startThrowAway(), startTestPlatform(async () => undefined, { timeoutMilliseconds: limit })]);
  split = runSplit(server.url, ['--no-seed'], { FORGE_TIMEOUT_MS: String(limit) });
  await split.said(/Forge Graph is ready/);
  const database = await startDatabase({ env: { DATABASE_URL: server.url }, projectDir, domains: listDomains(projectDir) });
  topologies = {
    together: { endpoint: together.endpoint, databaseUrl: together.urls.get('workflow') ?? '' },
    split: { endpoint: split.endpoint(), databaseUrl: await database.urlFor('workflow') },
  };
}, 180_000);
afterAll(async () => {
  split.signal('SIGTERM');
  await split.ended;
  await Promise.all([server.stop(), together.close()]);
});

const query = '{ workflows(first: 1) { nodes { name } } models(first: 1) { nodes { id } } }';

async function ask(endpoint: string) {
  const began = performance.now();
  const response = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  const answer = (await response.json()) as { data: unknown; errors?: { path: unknown; extensions: { code: string } }[] };
  return { ...answer, milliseconds: performance.now() - began };
}

/** The connections to a database but this one, by what they do. */
const connections = (databaseUrl: string) => runSql<{ state: string; wait: string | null }>(databaseUrl, `SELECT state, wait_event_type AS wait FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`);
const waiting = async (databaseUrl: string) => (await connections(databaseUrl)).filter(({ wait }) => wait === 'Lock').length;

async function within(milliseconds: number, holds: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > milliseconds) throw new Error(`not within ${milliseconds} ms`);
    await setTimeout(5);
  }
  return performance.now() - began;
}

test.each(['together', 'split'] as const)('%s, what an operation asks of a table that is locked ends with its time, in the answer and in the database; the rest is answered', async (topology) => {
  const { endpoint, databaseUrl } = topologies[topology];
  const whole = { workflows: { nodes: [] }, models: { nodes: [] } };
  expect(await ask(endpoint)).toMatchObject({ data: whole });
  const before = (await connections(databaseUrl)).length;

  const lock = runSql(databaseUrl, 'BEGIN; LOCK TABLE "workflows" IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(4); COMMIT');
  await within(2_000, async () => (await runSql(databaseUrl, `SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND relation = '"workflows"'::regclass`)).length === 1);
  const answer = ask(endpoint);
  await within(limit, async () => (await waiting(databaseUrl)) === 1);

  const { data, errors, milliseconds } = await answer;
  expect(data).toEqual({ ...whole, workflows: null });
  expect(errors).toMatchObject([{ path: ['workflows'], extensions: { code: 'TIMEOUT' } }]);
  expect(milliseconds).toBeGreaterThan(limit - 50);
  expect(milliseconds).toBeLessThan(limit + 250);
  await within(1_000, async () => (await waiting(databaseUrl)) === 0);

  await lock;
  expect(await ask(endpoint)).toMatchObject({ data: whole });
  const after = await connections(databaseUrl);
  expect(after.map(({ state }) => state)).toEqual(after.map(() => 'idle'));
  expect(after.length).toBeLessThanOrEqual(before + 1);
});
