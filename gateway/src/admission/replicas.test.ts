import { demoPrincipal } from '@forge/auth';
import { createDatabaseWith, runSql, type TestDatabase } from '@forge/testing';
import { startFixture, type Fixture } from '../fixture/start.ts';
import { windowAt, windowOffset } from '../rate-limit/rate-window.ts';
import type { Authenticate } from '../security/authenticate/authenticate.ts';
import { principalKey } from '../security/authenticate/principal-key.ts';

const limit = 1_000;

/** `x-subject` is somebody of org_a, whose list of workers is not empty; of org_c, where all lists are, with `x-org`. */
const authenticate: Authenticate = ({ 'x-subject': subject, 'x-org': orgId = 'org_a' }) => ({ ...demoPrincipal, orgId: String(orgId), subject: String(subject) });

let database: TestDatabase;
let replicas: readonly [Fixture, Fixture];
const replica = (i: number) => (i % 2 === 0 ? replicas[0] : replicas[1]);
beforeAll(async () => {
  database = await createDatabaseWith('SELECT 1');
  // Nobody's window ends within a test, and a busy machine is given time.
  const rate = { limit, store: database.url, timeoutMilliseconds: 10_000 };
  const start = () => startFixture('in-process', { rate, authenticate });
  replicas = await Promise.all([start(), start()]);
});
afterAll(async () => {
  await Promise.all(replicas.map((each) => each.close()));
  await database.drop();
});

/** Somebody who has not asked for anything yet, and most of whose minute is left. */
let people = 0;
function somebody(orgId = 'org_a'): Record<string, string> {
  for (;;) {
    const subject = `wrk_${++people}`;
    const key = principalKey({ ...demoPrincipal, orgId, subject });
    if (windowAt(Date.now(), 60, windowOffset(key, 60)).resetSeconds > 45) return { 'x-subject': subject, 'x-org': orgId };
  }
}

/** Costs as much as it has lists, whatever is in them. */
const lists = (count: number, name: string) => `{ ${Array.from({ length: count }, (_, i) => `a${i}: ${name} { id }`).join(' ')} }`;
const left = (headers: Headers) => Number(/^"cost";r=(\d+);t=\d+$/.exec(headers.get('ratelimit') ?? '')?.[1] ?? NaN);
const rateQuery = '{ rateLimit { limit cost remaining resetAt } }';

test('two replicas asked by one principal at the same time grant the limit together, and not one request more', async () => {
  const headers = somebody();
  const asked = await Promise.all(Array.from({ length: 500 }, async (_, i) => {
    const cost = 1 + (i * 7) % 10;
    const answer = await replica(i).post(lists(cost, 'workers'), { headers: { ...headers, 'graphql-cost': '1' } });
    return { ...answer, cost };
  }));
  const granted = asked.filter(({ status }) => status === 200);
  const refused = asked.filter(({ status }) => status !== 200);
  expect(new Set(granted.map(({ extensions, cost }) => JSON.stringify(extensions) === JSON.stringify({ cost: { estimated: cost, actual: cost } })))).toEqual(new Set([true]));

  const sum = granted.reduce((total, { cost }) => total + cost, 0);
  expect(asked.reduce((total, { cost }) => total + cost, 0)).toBeGreaterThan(2 * limit);
  expect(sum).toBeLessThanOrEqual(limit);
  expect(sum).toBeGreaterThan(limit - 10);
  expect(Math.min(...granted.map((each) => left(each.headers)))).toBe(limit - sum);

  for (const { status, headers: got, errors } of refused) {
    expect([status, errors?.[0]?.extensions]).toEqual([429, { code: 'RATE_LIMITED' }]);
    expect(Number(got.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(got.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(got.get('ratelimit-policy')).toBe(`"cost";q=${limit};w=60`);
    expect(left(got)).toBeLessThan(10);
  }
  expect((await replica(0).post(lists(10, 'workers'), { headers: somebody() })).status).toBe(200);
}, 60_000);

test('what the headers say on one replica, Query.rateLimit says on the other', async () => {
  const headers = somebody();
  const first = await replica(0).post(lists(40, 'workers'), { headers });
  expect(left(first.headers)).toBe(limit - 40);
  const { data, headers: got } = await replica(1).post(rateQuery, { headers });
  expect(data).toEqual({ rateLimit: { limit, cost: 1, remaining: limit - 41, resetAt: expect.any(String) } });
  expect(left(got)).toBe(limit - 41);
  const seconds = Number(/t=(\d+)$/.exec(got.get('ratelimit') ?? '')?.[1]);
  const { resetAt } = (data as { rateLimit: { resetAt: string } }).rateLimit;
  expect(Math.abs(Date.parse(resetAt) - Date.now() - seconds * 1_000)).toBeLessThan(5_000);
});

test('what lists turn out not to have is given back', async () => {
  const headers = somebody('org_c');
  // Without that, the limit would end them after twenty.
  for (let i = 0; i < 40; i++) {
    const { status, data } = await replica(i).post(lists(50, 'tasks'), { headers });
    expect([status, data?.['a0']]).toEqual([200, []]);
    while (left((await replica(0).post(rateQuery, { headers })).headers) < limit - 100) await new Promise((next) => setTimeout(next, 5));
  }
});

test('nonsense costs a point', async () => {
  const headers = somebody();
  for (let i = 0; i < 9; i++) expect((await replica(i).post(`{ nonsense${i} }`, { headers })).status).toBe(400);
  expect(left((await replica(0).post(rateQuery, { headers })).headers)).toBe(limit - 10);
});

test('when the store goes away, each replica answers and counts by itself, and says so in the log', async () => {
  const own = await createDatabaseWith('SELECT 1');
  const alone = await startFixture('in-process', { rate: { limit, store: own.url }, authenticate });
  const headers = somebody();
  expect((await alone.post(lists(10, 'workers'), { headers })).status).toBe(200);
  await own.drop();
  const answers = await Promise.all(Array.from({ length: 20 }, () => alone.post(lists(10, 'workers'), { headers })));
  expect(answers.map(({ status, errors }) => [status, errors])).toEqual(answers.map(() => [200, undefined]));
  expect(Math.min(...answers.map((each) => left(each.headers)))).toBe(limit - 200);
  expect(alone.logged.some((line) => line.includes('the rate limit store did not answer'))).toBe(true);
  await alone.close();
});

test('points are in no table under anybody\'s name', async () => {
  await replica(0).post(rateQuery, { headers: somebody() });
  const rows = await runSql<{ key: string }>(database.url, 'SELECT "key" FROM "rateLimit"');
  expect([rows.length > 0, rows.some(({ key }) => key.includes('wrk_'))]).toEqual([true, false]);
});
