import { PrismaClient, prismaAdapter } from '@forge/prisma-gateways';
import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { aDelivery, aGateway, aHealthCheck } from './fixture/rows.ts';
import { retention } from './retention.ts';

const now = new Date('2027-01-01T03:40:00.000Z');
const orgId = 'org_01jd0000000000000000000001';
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const named = (name: string) => retention.find((each) => each.name === name) as (typeof retention)[number];
const [deliveries, checks] = [named('webhook deliveries'), named('health checks')];

let database: TestDatabase;
let prisma: PrismaClient;
beforeEach(async () => {
  database = await createTestDatabase('gateways');
  prisma = new PrismaClient({ adapter: prismaAdapter({ connectionString: database.url }) });
});
afterEach(async () => {
  await prisma.$disconnect();
  await database.drop();
});

async function aSubscription(of = orgId): Promise<string> {
  const id = newId('WebhookSubscription');
  await runSql(database.url, `INSERT INTO "webhookSubscriptions" ("orgId", "id", "url", "eventTypes", "secret") VALUES ($1, $2, 'https://hooks.example.com/', '{workflow.*}', 'v1.test.' || repeat('a', 40))`, [of, id]);
  return id;
}

test('webhook deliveries go after 30 days, whatever became of them; their subscription stays', async () => {
  const [mine, theirs] = [await aSubscription(), await aSubscription(anotherOrganisation.orgId)];
  await aDelivery(database.url, mine, { createdAt: daysAgo(30.001), status: 'DELIVERED', attempts: 1, deliveredAt: daysAgo(30) });
  await aDelivery(database.url, mine, { createdAt: daysAgo(31) });
  const kept = await aDelivery(database.url, mine, { createdAt: daysAgo(30), status: 'FAILED' });
  await aDelivery(database.url, theirs, { orgId: anotherOrganisation.orgId, createdAt: daysAgo(300) });
  const removed = [{ orgId, rows: 2 }, { orgId: anotherOrganisation.orgId, rows: 1 }];
  expect([await deliveries.count(prisma, now), await deliveries.remove(prisma, now)]).toEqual([removed, removed]);
  expect((await prisma.webhookDelivery.findMany()).map(({ id }) => id)).toEqual([kept]);
  expect(await prisma.webhookSubscription.count()).toBe(2);
  expect([await deliveries.count(prisma, now), await deliveries.remove(prisma, now)]).toEqual([[], []]);
});

test('health checks go after 90 days, in three batches of at most 10,000, each once when several remove them', async () => {
  const gatewayId = await aGateway(database.url);
  const kept = await aHealthCheck(database.url, gatewayId, { checkedAt: daysAgo(90) });
  await runSql(database.url, `INSERT INTO "gatewayHealthHistory" ("orgId", "id", "gatewayId", "status", "checkedAt") SELECT $1, 'ghc ' || n, $2, 'HEALTHY', $3 FROM generate_series(1, 25000) AS n`, [orgId, gatewayId, daysAgo(90.001)]);
  expect(await checks.count(prisma, now)).toEqual([{ orgId, rows: 25_000 }]);
  const answers = await Promise.all(Array.from({ length: 3 }, () => checks.remove(prisma, now)));
  expect(answers.flat().reduce((sum, { rows }) => sum + rows, 0)).toBe(25_000);
  expect((await prisma.gatewayHealthCheck.findMany()).map(({ id }) => id)).toEqual([kept]);
});

test('whoever is killed after a batch has removed that one, and the next removes the rest', async () => {
  const gatewayId = await aGateway(database.url);
  await runSql(database.url, `INSERT INTO "gatewayHealthHistory" ("orgId", "id", "gatewayId", "status", "checkedAt") SELECT $1, 'ghc ' || n, $2, 'HEALTHY', $3 FROM generate_series(1, 10500) AS n`, [orgId, gatewayId, daysAgo(100)]);
  let statements = 0;
  const killed = {
    $queryRawUnsafe: (query: string, ...values: unknown[]) => {
      if (++statements === 2) throw new Error('killed');
      return prisma.$queryRawUnsafe(query, ...values);
    },
  };
  await expect(checks.remove(killed as unknown as PrismaClient, now)).rejects.toThrow('killed');
  expect(await prisma.gatewayHealthCheck.count()).toBe(500);
  expect(await checks.remove(prisma, now)).toEqual([{ orgId, rows: 500 }]);
});

test('an index begins with the time that each kind goes by', async () => {
  const indexes = await runSql(database.url, `SELECT "tablename" FROM pg_indexes WHERE "indexname" IN ('gatewayHealthHistory_checkedAt_idx', 'webhookDeliveries_createdAt_idx') ORDER BY 1`);
  expect(indexes).toEqual([{ tablename: 'gatewayHealthHistory' }, { tablename: 'webhookDeliveries' }]);
});
