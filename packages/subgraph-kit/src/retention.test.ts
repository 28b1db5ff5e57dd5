import { openDatabase, type PlainDatabase, type Retention } from '@forge/jobs';
import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { keepRetention, ownRetention } from './retention.ts';

const now = new Date('2026-11-23T10:00:00Z');
let database: TestDatabase;
let db: PlainDatabase;
beforeEach(async () => {
  database = await createTestDatabase('chat');
  db = openDatabase(database.url);
});
afterEach(async () => {
  await db.close();
  await database.drop();
});

const told = () => runSql(database.url, `SELECT "orgId", "subscriber", "type", "subject", "payload" FROM "eventOutbox" ORDER BY "sequence"`);

test('of events goes what was delivered seven days ago; what was not, or was set aside, stays', async () => {
  await runSql(database.url, `
    INSERT INTO "eventOutbox" ("id", "orgId", "subscriber", "type", "subject", "payload", "occurredAt", "deliveredAt", "setAsideAt")
    SELECT id, 'org_1', 'budget', 't', 's', '{}', '2020-01-01', delivered::timestamptz, aside::timestamptz FROM (VALUES
      ('delivered long ago', '2026-11-16T09:59:59Z', NULL), ('delivered lately', '2026-11-16T10:00:00Z', NULL), ('pending', NULL, NULL), ('set aside', NULL, '2020-01-01')) AS event (id, delivered, aside)`);
  const [delivered] = ownRetention;
  expect(await delivered?.remove(db, now)).toEqual([{ orgId: 'org_1', rows: 1 }]);
  expect((await runSql(database.url, `SELECT "id" FROM "eventOutbox" ORDER BY 1`)).map(({ id }) => id)).toEqual(['delivered lately', 'pending', 'set aside']);
});

test('callbacks are known for a day, events for thirty', async () => {
  await runSql(database.url, `
    INSERT INTO "callbackDedup" ("orgId", "source", "key", "handledAt")
    SELECT 'org_1', source, source || ' ' || age, '2026-11-23T10:00:00Z'::timestamptz - age::interval
    FROM unnest(ARRAY['createBudget', 'eventual', 'event /forge/budget']) AS source, unnest(ARRAY['24:00:00', '24:00:01', '720:00:00', '720:00:01']) AS age`);
  for (const kept of ownRetention) await kept.remove(db, now);
  expect((await runSql(database.url, `SELECT "key" FROM "callbackDedup" ORDER BY 1`)).map(({ key }) => key)).toEqual([
    'createBudget 24:00:00', 'event /forge/budget 24:00:00', 'event /forge/budget 24:00:01', 'event /forge/budget 720:00:00', 'eventual 24:00:00',
  ]);
});

test('each organisation is told what went, and how long that took', async () => {
  const kept: Retention<PlainDatabase> = { name: 'health checks', crontab: '0 3 * * *', count: async () => [], remove: async () => [{ orgId: 'org_1', rows: 3 }, { orgId: 'org_2', rows: 1 }] };
  await keepRetention(db, 'gateways', kept, now);
  expect(await told()).toMatchObject([{ orgId: 'org_1', payload: { payload: { rows: 3 } } }, {
    orgId: 'org_2', subscriber: 'governance', type: 'platform.event.occurred', subject: 'gateways health checks',
    payload: { type: 'retention.removed', severity: 'INFO', payload: { domain: 'gateways', what: 'health checks', rows: 1, durationMs: expect.any(Number) } },
  }]);
});

test('nobody is told that nothing went', async () => {
  for (const kept of ownRetention) await keepRetention(db, 'chat', kept, now);
  expect(await told()).toEqual([]);
});
