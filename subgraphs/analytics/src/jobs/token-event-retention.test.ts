import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { orgId, otherOrgId, startAnalytics, type Analytics } from '../fixture/analytics.ts';
import { createCalls } from '../fixture/calls.ts';
import { compactAggregates } from './compact-aggregates.ts';
import { makePartitions } from './make-partitions.ts';
import { dropOldTokenEvents, tokenEventRetention } from './token-event-retention.ts';

const start = '2026-08-20T12:00:00.000Z';
/** The first three days are wholly older than 90 days then, the fourth by a moment not. */
const now = new Date('2026-11-18T23:59:59.999Z');

let analytics: Analytics;
beforeEach(async () => (analytics = await startAnalytics(start)));
afterEach(() => analytics.close());

const { aCall } = createCalls();
const times = ['2026-08-17T00:00:00.000Z', '2026-08-17T23:59:59.999Z', '2026-08-18T10:00:00.000Z', '2026-08-19T23:59:59.999Z', '2026-08-20T00:00:00.000Z'];
const calls = times.map((time) => aCall({ occurredAt: new Date(time) }));

const partitions = async () => (await analytics.sql<{ name: string }>(`SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = '"tokenEvents"'::regclass ORDER BY 1`)).map(({ name }) => name);
const timesLeft = async (org = orgId) => (await analytics.prisma.tokenEvent.findMany({ where: { orgId: org }, orderBy: { occurredAt: 'asc' } })).map(({ occurredAt }) => occurredAt.toISOString());

test('days that are wholly older than 90 days go, of every organisation; it says before what it would remove', async () => {
  await analytics.record(calls);
  await analytics.record(calls.slice(1), anotherOrganisation);
  const gone = [{ orgId, rows: 4 }, { orgId: otherOrgId, rows: 3 }];
  expect(await tokenEventRetention.count(analytics.prisma, now)).toEqual(gone);
  expect(await tokenEventRetention.remove(analytics.prisma, now)).toEqual(gone);
  expect([await timesLeft(), await timesLeft(otherOrgId), await partitions()]).toEqual([times.slice(4), times.slice(4), ['tokenEvents_20260820']]);
  expect(await tokenEventRetention.count(analytics.prisma, now)).toEqual([]);
  expect(await tokenEventRetention.remove(analytics.prisma, now)).toEqual([]);
  const { stored, expected } = await analytics.compare(calls);
  expect(stored).toEqual(expected);
});

test('four at once drop each day once', async () => {
  await analytics.record(calls);
  const removed = await Promise.all(Array.from({ length: 4 }, () => dropOldTokenEvents(analytics.connect(), now)));
  expect(removed.flat().reduce((all, { rows }) => all + rows, 0)).toBe(4);
  expect(await partitions()).toEqual(['tokenEvents_20260820']);
});

test.each([
  ['has lost a call', `UPDATE "costAggregates" SET "eventCount" = 1, "successCount" = 1, "failureCount" = 0 WHERE "bucketStart" = '2026-08-17T00:00:00Z' AND "scopeType" = 'GLOBAL'`],
  ['has lost a cent', `UPDATE "costAggregates" SET "costCents" = "costCents" - 0.0000000001 WHERE "bucketStart" = '2026-08-17T00:00:00Z' AND "scopeType" = 'GLOBAL'`],
  ['is not there', `DELETE FROM "costAggregates" WHERE "bucketStart" = '2026-08-17T00:00:00Z' AND "scopeType" = 'GLOBAL'`],
])('a day whose aggregate %s is kept, and named; the others go', async (_, damage) => {
  await analytics.record(calls);
  await compactAggregates(analytics.prisma, now);
  await analytics.sql(damage);
  await expect(dropOldTokenEvents(analytics.prisma, now)).rejects.toThrow(new RegExp(`tokenEvents_20260817 \\(${orgId}\\); .forge verify. says`));
  expect(await timesLeft()).toEqual([...times.slice(0, 2), times[4]]);
});

test('days that downtime has left until they were merged into weeks go too', async () => {
  await analytics.record(calls);
  const late = new Date('2026-12-06T04:10:00.000Z');
  await compactAggregates(analytics.prisma, late);
  expect(await analytics.sql('SELECT DISTINCT "period" FROM "costAggregates"')).toEqual([{ period: 'WEEKLY' }]);
  expect(await dropOldTokenEvents(analytics.prisma, late)).toEqual([{ orgId, rows: 5 }]);
});

test('a call of a day that has gone is taken all the same: the day comes back with it, goes again, and the aggregates keep all', async () => {
  await analytics.record(calls);
  analytics.clock.now = now;
  await dropOldTokenEvents(analytics.prisma, now);
  const all = [...calls];
  for (let i = 0; i < 2; i++) {
    const late = aCall({ runId: newId('WorkflowRun'), occurredAt: new Date('2026-08-18T10:00:00.000Z') });
    const attempt = { ...late, runId: late.runId ?? '', stepResultId: newId('StepResult'), stepId: 'late' };
    await analytics.deliver({ ...attempt, calls: [{ ...late, occurredAt: late.occurredAt.toISOString() }] });
    all.push(late);
    expect(await partitions()).toEqual(['tokenEvents_20260818', 'tokenEvents_20260820']);
    expect(await dropOldTokenEvents(analytics.prisma, now)).toEqual([{ orgId, rows: 1 }]);
    const { stored, expected } = await analytics.compare(all);
    expect(stored).toEqual(expected);
    expect(await analytics.differences()).toEqual([]);
  }
});

test('while somebody reads for long, calls are still recorded; the days go when there is a moment for it', async () => {
  await analytics.record(calls);
  let read = () => {};
  const reading = analytics.prisma.$transaction(async (tx) => {
    await tx.tokenEvent.count();
    await new Promise<void>((resolve) => (read = resolve));
  });
  const dropping = dropOldTokenEvents(analytics.connect(), now);
  const waits: number[] = [];
  for (let i = 0; i < 10; i++) {
    const started = performance.now();
    await analytics.record([aCall({ occurredAt: new Date(start) })]);
    waits.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(await partitions()).toHaveLength(4);
  read();
  await reading;
  expect(await dropping).toEqual([{ orgId, rows: 4 }]);
  expect(Math.max(...waits)).toBeLessThan(2_000);
});

test('the days to come have their partitions before they come', async () => {
  await Promise.all([makePartitions(analytics.prisma, now), makePartitions(analytics.connect(), now)]);
  expect(await partitions()).toEqual([18, 19, 20, 21, 22, 23, 24, 25].map((day) => `tokenEvents_202611${day}`));
});
