import { createDatabaseWith, runSql, type TestDatabase } from '@forge/testing';
import pg from 'pg';
import { pino } from 'pino';
import { setTimeout as wait } from 'node:timers/promises';
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts';

let database: TestDatabase;
const logged: string[] = [];
const logger = pino({ level: 'info' }, { write: (line) => logged.push(line) });
const limiterAt = (store: string) => createRateLimiter({ limit: 10, store, logger, windowSeconds: 3_600, timeoutMilliseconds: 200, pauseMilliseconds: 100 });
beforeAll(async () => (database = await createDatabaseWith('SELECT 1')));
afterAll(() => database.drop());
beforeEach(() => (logged.length = 0));

/** The first state that the store itself gives. */
async function fromStore(limiter: RateLimiter, key: string) {
  for (;;) {
    const state = await limiter.look(key);
    if (!state.insured) return state;
    await wait(20);
  }
}

test('when nobody is there, each replica counts by itself, soon without asking', async () => {
  const limiter = limiterAt('postgres://nobody:secret@127.0.0.1:1/nothing');
  const first = await limiter.take('k', 1);
  const states = [first];
  for (let i = 0; i < 11; i++) states.push(await limiter.take('k', 1));
  expect(states.map(({ allowed, remaining, insured }) => [allowed, remaining, insured])).toEqual([
    ...Array.from({ length: 10 }, (_, i) => [true, 9 - i, true]), [false, 0, true], [false, 0, true],
  ]);
  await limiter.giveBack('k', 4, first);
  expect(await limiter.look('k')).toMatchObject({ remaining: 4, insured: true });

  expect(logged.length).toBeGreaterThanOrEqual(3);
  expect(logged.length).toBeLessThan(12);
  expect(logged[0]).toContain('the rate limit store did not answer; this replica counts by itself meanwhile');
  expect(logged.join('')).not.toContain('secret');
  await limiter.close();
});

test('when it hangs, a request waits no longer than it has to, and the store counts on when it is back', async () => {
  const limiter = limiterAt(database.url);
  await limiter.take('k', 3);
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE "rateLimit"');

  const began = performance.now();
  const taken = await limiter.take('k', 6);
  expect(taken).toMatchObject({ allowed: true, insured: true, remaining: 4 });
  expect(performance.now() - began).toBeLessThan(2_000);
  for (let i = 0; i < 3; i++) await limiter.look('k');

  await holder.query('ROLLBACK');
  await holder.end();
  const back = await fromStore(limiter, 'k');
  expect(back.insured).toBe(false);
  // Taken of the insurance, given back to it.
  await limiter.giveBack('k', 6, taken);
  expect((await fromStore(limiter, 'k')).remaining).toBe(back.remaining);
  expect(logged.at(-1)).toContain('the rate limit store answers again');
  await limiter.close();
});

test('a table that has gone is made again', async () => {
  const limiter = limiterAt(database.url);
  await limiter.take('gone', 5);
  await runSql(database.url, 'DROP TABLE "rateLimit"');
  expect(await limiter.take('gone', 1)).toMatchObject({ allowed: true, insured: true });
  expect(await limiter.take('gone', 1)).toMatchObject({ allowed: true, insured: false, remaining: 9 });
  await limiter.close();
});

test('a role that may not create tables uses the one that is there', async () => {
  const owner = limiterAt(database.url);
  await owner.take('k', 1);
  await owner.close();
  await runSql(database.url, `CREATE ROLE rate_reader LOGIN PASSWORD 'x'; GRANT SELECT, INSERT, UPDATE, DELETE ON "rateLimit" TO rate_reader`);
  const url = new URL(database.url);
  [url.username, url.password] = ['rate_reader', 'x'];
  const limiter = limiterAt(url.href);
  expect(await limiter.take('other', 1)).toMatchObject({ allowed: true, insured: false });
  await limiter.close();
  await runSql(database.url, 'DROP OWNED BY rate_reader; DROP ROLE rate_reader');
});

test('no name of anybody is written down, however long it is', async () => {
  const limiter = limiterAt(database.url);
  expect(await limiter.take(`org_1/user/${'somebody'.repeat(2_000)}`, 1)).toMatchObject({ insured: false });
  const rows = await runSql<{ key: string }>(database.url, 'SELECT "key" FROM "rateLimit"');
  expect(rows.filter(({ key }) => key.length !== 43)).toEqual([]);
  await limiter.close();
});
