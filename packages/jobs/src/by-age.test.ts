import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { byAge, removeInBatches, type RetentionClient } from './by-age.ts';
import { openDatabase, type PlainDatabase } from './open-database.ts';

const now = new Date('2026-11-23T10:00:00Z');
const callbacks = byAge({ name: 'callbacks', crontab: '0 * * * *', table: 'callbackDedup', column: 'handledAt', days: 1, where: `"source" = 'old' OR "source" = 'new'` });
let database: TestDatabase;
let db: PlainDatabase;
beforeEach(async () => {
  database = await createTestDatabase('chat');
  db = openDatabase(database.url);
  await runSql(database.url, `
    INSERT INTO "callbackDedup" ("orgId", "source", "key", "handledAt")
    SELECT 'org_' || i % 2, 'old', i::text, '2026-11-22T09:59:59.999Z'::timestamptz FROM generate_series(1, 25001) AS i
    UNION ALL SELECT 'org_1', 'new', i::text, '2026-11-22T10:00:00Z' FROM generate_series(1, 10) AS i
    UNION ALL SELECT 'org_1', 'other', i::text, '2020-01-01' FROM generate_series(1, 10) AS i`);
});
afterEach(async () => {
  await db.close();
  await database.drop();
});

const left = () => runSql(database.url, `SELECT "source", count(*)::int AS rows FROM "callbackDedup" GROUP BY 1 ORDER BY 1`);
const whole = [{ orgId: 'org_0', rows: 12_500 }, { orgId: 'org_1', rows: 12_501 }];
const kept = [{ source: 'new', rows: 10 }, { source: 'other', rows: 10 }];

test('what is older goes, by 10,000 in a statement; what is just old enough to stay, and what is not meant, stays', async () => {
  let statements = 0;
  const counting: RetentionClient = { $queryRawUnsafe: (text, ...values) => { statements++; return db.$queryRawUnsafe(text, ...values); } };
  expect(await callbacks.count(counting, now)).toEqual(whole);
  expect([await callbacks.remove(counting, now), statements]).toEqual([whole, 5]);
  expect(await left()).toEqual(kept);
  expect(await callbacks.remove(db, now)).toEqual([]);
});

test('four at once remove everything, and each row once', async () => {
  const removed = (await Promise.all([1, 2, 3, 4].map(() => callbacks.remove(db, now)))).flat();
  const sum = (orgId: string) => removed.filter((each) => each.orgId === orgId).reduce((rows, each) => rows + each.rows, 0);
  expect([sum('org_0'), sum('org_1')]).toEqual([12_500, 12_501]);
  expect(await left()).toEqual(kept);
});

test('killed half-way and run again it has removed the same', async () => {
  let statements = 0;
  const dying: RetentionClient = {
    async $queryRawUnsafe(text, ...values) {
      if (++statements === 2) await db.$queryRawUnsafe(`SELECT pg_terminate_backend(pg_backend_pid())`);
      return db.$queryRawUnsafe(text, ...values);
    },
  };
  await expect(callbacks.remove(dying, now)).rejects.toThrow('terminating connection');
  expect(await left()).toContainEqual({ source: 'old', rows: 15_001 });
  await callbacks.remove(db, now);
  expect(await left()).toEqual(kept);
});

test('asked to stop it leaves the rest, and answers what went', async () => {
  const stopping = new AbortController();
  const stop = async () => {
    stopping.abort();
    return [{ orgId: 'org_1', rows: 3 }];
  };
  expect(await removeInBatches(stop, stopping.signal)).toEqual([{ orgId: 'org_1', rows: 3 }]);
  expect(await callbacks.remove(db, now, stopping.signal)).toEqual([]);
});
