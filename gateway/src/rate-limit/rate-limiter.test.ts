import { createDatabaseWith, type TestDatabase } from '@forge/testing';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { createRateLimiter, type RateLimiter, type RateLimiterOptions } from './rate-limiter.ts';

const logger = pino({ level: 'silent' });
const open: RateLimiter[] = [];
let database: TestDatabase;
beforeAll(async () => (database = await createDatabaseWith('SELECT 1')));
afterAll(async () => {
  await Promise.all(open.map((limiter) => limiter.close()));
  await database.drop();
});

// Windows of an hour do not end while a test runs.
function limiterOf(kind: string, options: Partial<RateLimiterOptions> = {}): RateLimiter {
  const limiter = createRateLimiter({ limit: 100, store: kind === 'memory' ? 'memory' : database.url, logger, windowSeconds: 3_600, timeoutMilliseconds: 10_000, ...options });
  open.push(limiter);
  return limiter;
}
let keys = 0;
const newKey = () => `org_1/user/wrk_${++keys}`;

describe.each(['memory', 'PostgreSQL'])('in %s', (kind) => {
  test('points are taken until none are left, and what does not fit takes none', async () => {
    const [limiter, key] = [limiterOf(kind), newKey()];
    expect(await limiter.look(key)).toMatchObject({ allowed: true, limit: 100, remaining: 100, windowSeconds: 3_600, insured: false });
    expect(await limiter.take(key, 60)).toMatchObject({ allowed: true, remaining: 40 });
    expect(await limiter.take(key, 41)).toMatchObject({ allowed: false, remaining: 40 });
    expect(await limiter.take(key, 40)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await limiter.take(key, 1)).toMatchObject({ allowed: false, remaining: 0 });
    expect(await limiter.look(key)).toMatchObject({ allowed: false, remaining: 0 });
  });

  test('a window ends within its length', async () => {
    const { resetSeconds } = await limiterOf(kind).take(newKey(), 1);
    expect(resetSeconds).toBeGreaterThan(0);
    expect(resetSeconds).toBeLessThanOrEqual(3_600);
  });

  test('whoever asks has points of their own', async () => {
    const [limiter, key] = [limiterOf(kind), newKey()];
    await limiter.take(key, 100);
    expect(await limiter.take(newKey(), 100)).toMatchObject({ allowed: true });
  });

  test('a request costs at least a point, and a part of one is one', async () => {
    const [limiter, key] = [limiterOf(kind), newKey()];
    expect(await limiter.take(key, 0)).toMatchObject({ remaining: 99 });
    expect(await limiter.take(key, -5)).toMatchObject({ remaining: 98 });
    expect(await limiter.take(key, 1.2)).toMatchObject({ remaining: 96 });
  });

  test.each([101, 2 ** 40, Infinity, NaN])('%d points are more than there ever are', async (points) => {
    const [limiter, key] = [limiterOf(kind), newKey()];
    expect(await limiter.take(key, points)).toMatchObject({ allowed: false, remaining: 100 });
    expect(await limiter.take(key, 100)).toMatchObject({ allowed: true });
  });

  test('what was given back can be taken again, and no more than that', async () => {
    const [limiter, key] = [limiterOf(kind), newKey()];
    const taken = await limiter.take(key, 90);
    await limiter.giveBack(key, 80, taken);
    await limiter.giveBack(key, 0, taken);
    expect(await limiter.look(key)).toMatchObject({ remaining: 90 });
    expect(await limiter.take(key, 91)).toMatchObject({ allowed: false });
    expect(await limiter.take(key, 90)).toMatchObject({ allowed: true, remaining: 0 });
  });

  test('another window begins with all points, and gets nothing back of the one before', async () => {
    const [limiter, key] = [limiterOf(kind, { windowSeconds: 2 }), newKey()];
    const first = await limiter.take(key, 100);
    let next = await limiter.take(key, 30);
    while (next.window === first.window) {
      await wait(20);
      next = await limiter.take(key, 30);
    }
    expect(next).toMatchObject({ allowed: true, remaining: 70 });
    await limiter.giveBack(key, 100, first);
    expect(await limiter.look(key)).toMatchObject({ window: next.window, remaining: 70 });
  });

  test('many at once get no more than the limit', async () => {
    const [limiter, key] = [limiterOf(kind), newKey()];
    const states = await Promise.all(Array.from({ length: 300 }, () => limiter.take(key, 7)));
    expect(states.filter(({ allowed }) => allowed)).toHaveLength(14);
    expect(await limiter.look(key)).toMatchObject({ remaining: 2 });
  });
});

test('two replicas at once give out the limit, to the point, and not one more', async () => {
  const [one, other] = [limiterOf('PostgreSQL', { limit: 5_000 }), limiterOf('PostgreSQL', { limit: 5_000 })];
  const key = newKey();
  const takes = Array.from({ length: 800 }, (_, i) => ({ replica: i % 2 === 0 ? one : other, points: 1 + (i * 7) % 23 }));
  const taken = await Promise.all(takes.map(async ({ replica, points }) => ({ replica, points, state: await replica.take(key, points) })));

  const granted = taken.filter(({ state }) => state.allowed);
  const sum = granted.reduce((total, { points }) => total + points, 0);
  expect(takes.reduce((total, { points }) => total + points, 0)).toBeGreaterThan(9_000);
  expect(sum).toBe(5_000 - (await one.look(key)).remaining);
  expect(sum).toBeGreaterThan(5_000 - 23);

  await Promise.all(granted.map(({ replica, points, state }) => replica.giveBack(key, points, state)));
  expect(await other.look(key)).toMatchObject({ remaining: 5_000 });
}, 60_000);

test('replicas that begin at once make one table', async () => {
  const fresh = await createDatabaseWith('SELECT 1');
  const replicas = Array.from({ length: 4 }, () => createRateLimiter({ limit: 10, store: fresh.url, logger, windowSeconds: 3_600, timeoutMilliseconds: 10_000 }));
  const states = await Promise.all(replicas.map((replica) => replica.take('k', 2)));
  expect(states.map(({ allowed, insured }) => [allowed, insured])).toEqual(replicas.map(() => [true, false]));
  await Promise.all(replicas.map((replica) => replica.close()));
  await fresh.drop();
});
