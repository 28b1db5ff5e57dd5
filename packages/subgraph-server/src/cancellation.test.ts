import { demoPrincipal } from '@forge/auth';
import type { Subgraph } from '@forge/subgraph-kit';
import { createRegistry, subgraphMetrics } from '@forge/telemetry';
import { createDatabaseWith, runSql, type TestDatabase } from '@forge/testing';
import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { pino } from 'pino';
import { sleepySubgraph } from './fixture/sleepy-subgraph.ts';
import { createSubgraphServer } from './server.ts';
import { authenticator } from './trust.ts';

const logged: string[] = [];
const registry = createRegistry();
const metrics = subgraphMetrics(registry)('sleepy');
let database: TestDatabase;
let subgraph: Subgraph;
let pool: pg.Pool;
let url: string;
let close: () => Promise<unknown>;

beforeAll(async () => {
  database = await createDatabaseWith('SELECT 1');
  const logger = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
  ({ subgraph, pool } = await sleepySubgraph({ databaseUrl: database.url, logger, metrics }));
  const server = createSubgraphServer(subgraph, await authenticator('sleepy', undefined), [randomBytes(32)], metrics);
  url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  close = () => server.close();
});
afterAll(async () => {
  await close();
  await subgraph.close();
  await database.drop();
});

/** Asks over HTTP. */
function post(query: string, { headers, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {}) {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query }), signal: signal ?? null });
}

/** Asks in this process. */
const execute = (query: string, signal: AbortSignal) => subgraph.execute({ query }, { principal: demoPrincipal, signal });

const roads = [
  ['over HTTP', (query: string, signal: AbortSignal) => post(query, { signal })],
  ['in process', execute],
] as const;

const sleepers = async () => (await runSql(database.url, `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`)).length;

/** Comes back once so many statements run, and says how many milliseconds that took. */
async function until(count: number): Promise<number> {
  const began = performance.now();
  while ((await sleepers()) !== count) {
    if (performance.now() - began > 10_000) throw new Error(`there were never ${count}`);
    await setTimeout(5);
  }
  return performance.now() - began;
}

test.each(roads)('asked %s, a query is gone from the database when its caller leaves, and what would have followed is not begun', async (_, ask) => {
  const caller = new AbortController();
  const answer = expect(ask('{ nap(seconds: 20, times: 2) }', caller.signal)).rejects.toThrow('I have to go');
  await until(1);
  caller.abort(new Error('I have to go'));
  await answer;
  expect(await until(0)).toBeLessThan(1_000);
  await setTimeout(50);
  expect(await sleepers()).toBe(0);
  expect(await (await post('{ nap(seconds: 0) }')).json()).toEqual({ data: { nap: 1 } });
  expect([pool.idleCount, pool.waitingCount]).toEqual([pool.totalCount, 0]);
});

test.each(roads)('asked %s, a mutation ends as it would have when its caller leaves', async (_, ask) => {
  const caller = new AbortController();
  const answer = ask('mutation { nap(seconds: 2) }', caller.signal).catch(() => undefined);
  await until(1);
  caller.abort();
  await setTimeout(100);
  expect(await sleepers()).toBe(1);
  await Promise.all([answer, until(0)]);
});

test('a hundred callers who leave over HTTP leave nothing behind', async () => {
  for (let i = 0; i < 100; i++) {
    const caller = new AbortController();
    const answer = post('{ nap(seconds: 20) }', { signal: caller.signal }).catch(() => undefined);
    await setTimeout(i % 20);
    caller.abort();
    await answer;
  }
  expect(await until(0)).toBeLessThan(1_000);
  expect(await (await post('{ nap(seconds: 0) }')).json()).toEqual({ data: { nap: 1 } });
  expect([pool.idleCount, pool.waitingCount]).toEqual([pool.totalCount, 0]);
});

test('a query ends when the time is up that its caller gave, whether they are still there or not', async () => {
  const began = performance.now();
  const response = await post('{ nap(seconds: 20) }', { headers: { 'x-forge-deadline-ms': '200' } });
  expect([response.status, await response.json()]).toMatchObject([504, { errors: [{ extensions: { code: 'TIMEOUT' } }] }]);
  expect(performance.now() - began).toBeLessThan(1_200);
  expect(await until(0)).toBeLessThan(1_000);
});

test.each(['soon', '-1', '1.5', '1e3'])('the deadline %j is refused', async (deadline) => {
  expect((await post('{ nap(seconds: 0) }', { headers: { 'x-forge-deadline-ms': deadline } })).status).toBe(400);
});

test('metrics tell of the pool, of operations and of statements; the log tells of none of this', async () => {
  await post('mutation { nap(seconds: 0) }');
  const text = await registry.metrics();
  expect(text).toContain('forge_subgraph_pool_waiting{subgraph="sleepy"} 0');
  expect(text).toMatch(/forge_subgraph_operations_total{subgraph="sleepy",type="query",outcome="cancelled"} \d{2,}/);
  expect(text).toMatch(/forge_subgraph_operations_total{subgraph="sleepy",type="mutation",outcome="ok"} \d+/);
  expect(text).toMatch(/forge_subgraph_statement_seconds_count{subgraph="sleepy",outcome="error"} \d{2,}/);
  expect(logged).toEqual([]);
});
