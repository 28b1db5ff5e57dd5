import { openDatabase } from '@forge/jobs';
import { runSql } from '@forge/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { twoDomains, type TwoDomains } from './fixture/two-domains.ts';
import { publish, publishAll } from './publish.ts';

let domains: TwoDomains;
beforeAll(async () => (domains = await twoDomains()));
afterEach(() => domains.reset());
afterAll(() => domains.close());

const call = { runId: null, stepResultId: null, agentId: null, workerId: null, workflowId: null, factoryId: null, gatewayId: null, tokenEventId: 'tev_1', inputTokens: 1, outputTokens: 2, costCents: '0.0000000001', occurredAt: '2026-11-23T10:00:00Z' };

test('every subscriber of an event gets a row and a wake-up of its own, under one id', async () => {
  const occurredAt = new Date('2026-11-23T09:00:00.123Z');
  await publish(domains.db, 'org_1', { type: 'analytics.costs.recorded', subject: 'run_1', data: { calls: [call], endedStepResultId: 'sr_1' }, occurredAt });
  const rows = await runSql(domains.url, `SELECT "subscriber", "id", "orgId", "subject", "payload", "occurredAt" FROM "eventOutbox" ORDER BY "sequence"`);
  expect(rows.map(({ subscriber }) => subscriber)).toEqual(['workflow', 'budget', 'factories']);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
  expect(rows[0]).toMatchObject({ orgId: 'org_1', subject: 'run_1', payload: { calls: [call], endedStepResultId: 'sr_1' }, occurredAt });
  expect(await runSql(domains.url, `SELECT payload ->> 'subscriber' AS to FROM graphile_worker._private_jobs ORDER BY 1`)).toEqual([{ to: 'budget' }, { to: 'factories' }, { to: 'workflow' }]);
});

test('a thousand events at once keep their order, and wake the relay once', async () => {
  const agentId = (i: number) => `agt_${String(i).padStart(4, '0')}`;
  const events = Array.from({ length: 1_000 }, (_, i) => ({
    type: 'agents.agent.changed' as const, subject: agentId(i), data: { agentId: agentId(i), gatewayId: 'gw_1', status: 'ACTIVE' as const, maxConcurrency: i },
  }));
  await publishAll(domains.db, 'org_1', events);
  await publishAll(domains.db, 'org_1', []);
  const rows = await runSql<{ subject: string; at: boolean }>(domains.url, `SELECT "subject", "occurredAt" IS NOT NULL AS at FROM "eventOutbox" ORDER BY "sequence"`);
  expect(rows).toEqual(events.map(({ subject }) => ({ subject, at: true })));
  expect(await runSql(domains.url, `SELECT payload ->> 'subscriber' AS to FROM graphile_worker._private_jobs`)).toEqual([{ to: 'workflow' }]);
});

test.each<[string, string, object]>([
  ['whose data are not those of its type', 'run_1', { stepResultId: 'sr_1', runId: 'run_1', granted: 'yes', reason: null }],
  ['without a subject', '', { stepResultId: 'sr_1', runId: 'run_1', granted: true, reason: null }],
  ['larger than a megabyte', 'run_1', { stepResultId: 'sr_1', runId: 'run_1', granted: false, reason: 'ß'.repeat(500_000) }],
])('an event %s is refused where it is made', async (_, subject, data) => {
  await expect(publish(domains.db, 'org_1', { type: 'budget.reservation.answered', subject, data: data as never })).rejects.toThrow();
  expect(await domains.outbox()).toEqual([]);
});

test('32 transactions at once that publish to one subscriber and stay open do not wait for one another', async () => {
  await domains.tell('the first ever');
  const pools = [1, 2, 3, 4].map(() => openDatabase(domains.url));
  const allHavePublished = Promise.withResolvers<undefined>();
  let published = 0;
  const slowest = await Promise.all(pools.flatMap((pool) => Array.from({ length: 8 }, (_, i) => pool.$transaction(async (tx) => {
    const asked = performance.now();
    await domains.tell(`${i}`, { tx });
    const took = performance.now() - asked;
    if (++published === 32) allHavePublished.resolve(undefined);
    // Nobody commits before everybody has published; who waits for another's commit would wait for ever.
    await Promise.race([allHavePublished.promise, sleep(10_000, undefined, { ref: false })]);
    await sleep(50);
    return took;
  }))));
  await Promise.all(pools.map((pool) => pool.close()));
  expect(published).toBe(32);
  expect(Math.max(...slowest)).toBeLessThan(5_000);
  expect((await domains.outbox()).length).toBe(33);
});
