import { PrismaClient, prismaAdapter } from '@forge/prisma-gateways';
import { anotherOrganisation, createTestDatabase, runSql, underWay, type TestDatabase } from '@forge/testing';
import { domainTasks } from '../background.ts';
import { aGateway } from '../fixture/rows.ts';
import { noticeSilentGateways } from './notice-silent-gateways.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
const minutes = 60_000;

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

const gateway = (lastSeenAt: Date | null, values: object = {}) => aGateway(database.url, { status: lastSeenAt ? 'HEALTHY' : 'OFFLINE', lastSeenAt, ...values });
const statuses = async () => Object.fromEntries((await prisma.gateway.findMany()).map(({ id, status }) => [id, status]));
const history = () => prisma.gatewayHealthCheck.findMany({ select: { orgId: true, gatewayId: true, status: true, latencyMs: true, message: true, checkedAt: true } });

test('a gateway that has said nothing for 3 minutes is OFFLINE, in every organisation, and its history says so once', async () => {
  const { orgId } = anotherOrganisation;
  const [silent, theirs] = [await gateway(ago(3 * minutes)), await gateway(ago(60 * minutes), { orgId, status: 'DEGRADED' })];
  const others = [await gateway(ago(3 * minutes - 1)), await gateway(null), await gateway(ago(90 * minutes), { status: 'OFFLINE' })];
  expect([await noticeSilentGateways(prisma, now), await noticeSilentGateways(prisma, now)]).toEqual([2, 0]);
  expect(await statuses()).toEqual({ [silent]: 'OFFLINE', [theirs]: 'OFFLINE', [others[0] ?? '']: 'HEALTHY', [others[1] ?? '']: 'OFFLINE', [others[2] ?? '']: 'OFFLINE' });
  const check = { status: 'OFFLINE', latencyMs: null, message: 'no health report for 3 minutes', checkedAt: now };
  expect(await history()).toEqual(expect.arrayContaining([{ orgId: 'org_01jd0000000000000000000001', gatewayId: silent, ...check }, { orgId, gatewayId: theirs, ...check }]));
  expect(await history()).toHaveLength(2);
});

test('it is no report: when the gateway was last seen stays', async () => {
  const id = await gateway(ago(5 * minutes));
  await noticeSilentGateways(prisma, now);
  expect(await prisma.gateway.findMany({ select: { id: true, lastSeenAt: true } })).toEqual([{ id, lastSeenAt: ago(5 * minutes) }]);
});

test('one that reports just then is left alone', async () => {
  const id = await gateway(ago(10 * minutes));
  const { committed } = await underWay(database.url, `UPDATE "gatewayRegistry" SET "lastSeenAt" = '${now.toISOString()}' WHERE "id" = '${id}'`);
  expect(await noticeSilentGateways(prisma, now)).toBe(0);
  await committed;
  expect(await noticeSilentGateways(prisma, now)).toBe(0);
  expect([await statuses(), await history()]).toEqual([{ [id]: 'HEALTHY' }, []]);
});

test('of thousands each is told of once, by four replicas at once, and an index serves them', async () => {
  await runSql(database.url, `INSERT INTO "gatewayRegistry" ("id", "orgId", "gatewayId", "name", "url", "provider", "environment", "registrationSource", "status", "lastSeenAt")
    SELECT 'gw ' || n, 'org', n, 'l', 'u', 'CUSTOM', 'e', 'MANUAL', CASE WHEN n > 2500 THEN 'OFFLINE' ELSE 'HEALTHY' END::"GatewayStatus", $1 FROM generate_series(1, 20000) AS n`, [ago(4 * minutes)]);
  const counts = await Promise.all(Array.from({ length: 4 }, () => noticeSilentGateways(prisma, now)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2_500);
  expect(new Set((await history()).map(({ gatewayId }) => gatewayId)).size).toBe(2_500);
  await runSql(database.url, 'ANALYZE "gatewayRegistry"');
  const plan = await runSql(database.url, `EXPLAIN SELECT FROM "gatewayRegistry" WHERE "status" <> 'OFFLINE' AND "lastSeenAt" <= now() ORDER BY "lastSeenAt" LIMIT 1000`);
  expect(JSON.stringify(plan)).toContain('gatewayRegistry_lastSeenAt_idx');
});

test('it is looked for every minute', () => {
  expect(domainTasks(prisma)).toMatchObject({ 'notice-silent-gateways': { crontab: '* * * * *' } });
});
