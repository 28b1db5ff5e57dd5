import { createDatabaseWith, runSql, type TestDatabase } from '@forge/testing';
import { getEventListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import sql, { type Sql } from 'sql-template-tag';
import { createPool, createSqlClient } from './sql-client.ts';

const logged: string[] = [];
const logger = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => (database = await createDatabaseWith('CREATE TABLE things (id int); INSERT INTO things VALUES (1)')));
beforeEach(() => {
  logged.length = 0;
  pool = createPool({ databaseUrl: database.url, logger });
});
afterEach(() => pool.end());
afterAll(() => database.drop());

const read = (statement: Sql, signal?: AbortSignal) => createSqlClient(pool, logger, { signal }).query(statement);
const things = sql`SELECT id FROM things`;
const nap = (seconds: number) => sql`SELECT pg_sleep(${seconds})`;

/** How many statements of the pool PostgreSQL is at. */
async function running(): Promise<number> {
  const others = 'datname = current_database() AND pid <> pg_backend_pid()';
  return (await runSql(database.url, `SELECT FROM pg_stat_activity WHERE ${others} AND state = 'active' AND (query LIKE '%things' OR query LIKE 'SELECT pg_sleep%')`)).length;
}

/** Comes back once that many statements run; says how long that took, in milliseconds. */
async function until(count: number): Promise<number> {
  const began = performance.now();
  while ((await running()) !== count) {
    if (performance.now() - began > 10_000) throw new Error(`there were never ${count}`);
    await setTimeout(5);
  }
  return performance.now() - began;
}

/** Runs `act` while somebody else holds the table, so that whoever reads it waits. */
async function whileLocked(act: () => Promise<void>): Promise<void> {
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE things IN ACCESS EXCLUSIVE MODE');
  await act().finally(() => holder.end());
}

test('a read that waits for a lock is gone from the database when nobody waits for it any longer', () => whileLocked(async () => {
  const client = new AbortController();
  const answer = read(things, client.signal);
  await until(1);
  client.abort(new Error('the client has left'));
  await expect(answer).rejects.toMatchObject({ name: 'Cancelled', cause: new Error('the client has left') });
  expect(await until(0)).toBeLessThan(1_000);
  // Its connection is not used again.
  expect([pool.totalCount, pool.waitingCount]).toEqual([0, 0]);
  expect(getEventListeners(client.signal, 'abort')).toEqual([]);
}));

test('a hundred reads given up one after the other leave nothing behind', async () => {
  await whileLocked(async () => {
    for (let i = 0; i < 100; i++) {
      const client = new AbortController();
      const answer = read(things, client.signal);
      await setTimeout(i % 10);
      client.abort();
      await expect(answer).rejects.toThrow('nobody waits');
    }
    expect(await until(0)).toBeLessThan(1_000);
  });
  expect(await read(things)).toEqual([{ id: 1 }]);
  expect([pool.idleCount, pool.waitingCount]).toEqual([pool.totalCount, 0]);
  expect(logged).toEqual([]);
});

test('who leaves while waiting for a connection is not kept waiting, and takes none', async () => {
  const [sleepers, client] = [new AbortController(), new AbortController()];
  const naps = Array.from({ length: 10 }, () => read(nap(20), sleepers.signal).catch(() => 'woken'));
  await until(10);
  const answer = read(things, client.signal);
  const next = read(things);
  client.abort();
  await expect(answer).rejects.toThrow('nobody waits');
  sleepers.abort();
  expect(await next).toEqual([{ id: 1 }]);
  expect(await Promise.all(naps)).toEqual(Array(10).fill('woken'));
});

test('nothing begins for somebody who has left', async () => {
  const began: string[] = [];
  const watched = createPool({ databaseUrl: database.url, logger, onSql: (text) => void began.push(text) });
  await expect(createSqlClient(watched, logger, { signal: AbortSignal.abort() }).query(things)).rejects.toThrow('nobody waits');
  expect([began, watched.totalCount]).toEqual([[], 0]);
});

test('giving up one read ends no other, however close they are', async () => {
  const others = Array.from({ length: 8 }, async () => {
    for (let i = 0; i < 100; i++) await read(nap(0.001));
  });
  const outcomes = new Set<string>();
  for (let i = 0; i < 200; i++) {
    const client = new AbortController();
    const answer = read(nap(0.002), client.signal).then(() => 'answered', (error: unknown) => (error as Error).name);
    await setTimeout(i % 5);
    client.abort();
    outcomes.add(await answer);
  }
  await Promise.all(others);
  expect([...outcomes].sort()).toEqual(['Cancelled', 'answered']);
});

test('a read that fails by itself, or ends well, leaves no listener', async () => {
  const { signal } = new AbortController();
  await expect(read(sql`SELECT 1 / 0`, signal)).rejects.toThrow('division by zero');
  expect(await read(things, signal)).toEqual([{ id: 1 }]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a connection that breaks fails the read that is on it, and nothing else', async () => {
  const answer = expect(read(nap(20))).rejects.toThrow('terminat');
  await until(1);
  await runSql(database.url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND datname = current_database()`);
  await answer;
  expect(await read(things)).toEqual([{ id: 1 }]);
});

test('a server that takes no cancellation is told of in the log', async () => {
  const client = new AbortController();
  const answer = read(nap(1), client.signal);
  await until(1);
  const [connection] = (pool as unknown as { _clients: { port: number }[] })._clients;
  if (connection) connection.port = 1;
  client.abort();
  await expect(answer).rejects.toThrow('nobody waits');
  await until(0);
  expect(logged.join()).toContain('a statement could not be cancelled');
});
