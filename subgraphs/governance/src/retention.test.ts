import { PrismaClient, prismaAdapter } from '@forge/prisma-governance';
import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { retention } from './retention.ts';

const now = new Date('2027-01-01T03:20:00.000Z');
const platformEvents = retention.find(({ name }) => name === 'platform events') as (typeof retention)[number];

let database: TestDatabase;
let prisma: PrismaClient;
beforeEach(async () => {
  database = await createTestDatabase('governance');
  prisma = new PrismaClient({ adapter: prismaAdapter({ connectionString: database.url }) });
});
afterEach(async () => {
  await prisma.$disconnect();
  await database.drop();
});

const write = (orgId: string, daysOld: number, count: number) => runSql(database.url, `
  INSERT INTO "platformEvents" ("orgId", "id", "type", "source", "severity", "payload", "occurredAt")
  SELECT $1, 'pev ' || $3::float || ' ' || n, 'test', '/forge/test', 'INFO', '{}', $2::timestamptz - $3::float * interval '1 day' FROM generate_series(1, $4) AS n`, [orgId, now, daysOld, count]);

test('platform events go after 365 days, each once when several remove them, and the rest stays', async () => {
  await write('org_a', 365.001, 25_000);
  await write('org_a', 365, 2);
  await write('org_b', 400, 1);
  const removed = [{ orgId: 'org_a', rows: 25_000 }, { orgId: 'org_b', rows: 1 }];
  expect(await platformEvents.count(prisma, now)).toEqual(removed);
  const answers = await Promise.all(Array.from({ length: 3 }, () => platformEvents.remove(prisma, now)));
  expect(answers.flat().reduce((sum, { rows }) => sum + rows, 0)).toBe(25_001);
  expect(await prisma.platformEvent.count()).toBe(2);
  expect([await platformEvents.count(prisma, now), await platformEvents.remove(prisma, now)]).toEqual([[], []]);
});

test('an index begins with the time that each kind goes by', async () => {
  const indexes = await runSql<{ tablename: string }>(database.url, `SELECT "tablename" FROM pg_indexes WHERE "indexdef" LIKE '%USING btree ("occurredAt")' ORDER BY 1`);
  expect(indexes).toEqual([{ tablename: 'auditEvents' }, { tablename: 'platformEvents' }]);
});

test('what goes goes in the night, one kind after the other', () => {
  expect(retention.map(({ name, crontab }) => [name, crontab])).toEqual([['audit events', '15 3 * * *'], ['platform events', '20 3 * * *']]);
});
