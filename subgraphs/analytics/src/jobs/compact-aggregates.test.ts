import { anotherOrganisation } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { setTimeout as sleep } from 'node:timers/promises';
import { orgId, otherOrgId, startAnalytics, type Analytics } from '../fixture/analytics.ts';
import { createCalls, type Call } from '../fixture/calls.ts';
import { compactAggregates } from './compact-aggregates.ts';

// A Sunday, 90 days after a Monday.
const now = new Date('2026-11-22T04:10:00.000Z');
const day = 86_400_000;
/** A day in the middle of those that become daily. */
const middle = new Date('2026-10-14T00:00:00.000Z');

let analytics: Analytics;
let calls: Call[];
beforeEach(async () => {
  analytics = await startAnalytics(now.toISOString());
  calls = Array.from({ length: 90 }, (_, i) => aCall({ occurredAt: new Date(now.getTime() - (i % 15) * 6 * day - below(day / 4)), runId: oneOf(runs) }));
  calls.push(aCall({ occurredAt: middle }));
  await analytics.record(calls);
});
afterEach(() => analytics.close());

const { aCall, below, oneOf } = createCalls();
const runs = Array.from({ length: 8 }, () => newId('WorkflowRun'));
/** The next Sunday but three: weeks are to be made too. */
const later = new Date(now.getTime() + 28 * day);

async function expectToAddUp(of = calls, org = orgId) {
  const { stored, expected } = await analytics.compare(of, org);
  expect(stored).toEqual(expected);
  return stored;
}

/** Every bucket is as short as its age allows, and no shorter. */
async function expectToBeCompact(at: Date) {
  const stored = await expectToAddUp();
  const hourlyFrom = Math.floor(at.getTime() / day - 30) * day;
  const dailyFrom = Math.floor((at.getTime() / day - 90 - 4) / 7) * 7 * day + 4 * day;
  const due = ({ bucketStart }: { bucketStart: Date }) => (bucketStart.getTime() >= hourlyFrom ? 'HOURLY' : bucketStart.getTime() >= dailyFrom ? 'DAILY' : 'WEEKLY');
  expect(stored.filter((bucket) => bucket.period !== due(bucket))).toEqual([]);
  expect(new Set(stored.map(({ period }) => period))).toEqual(new Set(['HOURLY', 'DAILY', 'WEEKLY']));
}

/** Has the statement that makes a day's row of GLOBAL do something first, until it is let be. */
async function meddleWith(bucketStart: Date, sql: string): Promise<() => Promise<unknown>> {
  await analytics.sql(`CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${sql}; RETURN NEW; END $$`);
  await analytics.sql(`CREATE TRIGGER meddle BEFORE INSERT ON "costAggregates" FOR EACH ROW WHEN (NEW."period" = 'DAILY' AND NEW."bucketStart" = '${bucketStart.toISOString()}' AND NEW."scopeType" = 'GLOBAL') EXECUTE FUNCTION meddle()`);
  return () => analytics.sql('DROP TRIGGER meddle ON "costAggregates"');
}

test('hours become days and days become weeks, and it says how many of whom', async () => {
  await analytics.record(calls, anotherOrganisation);
  const before = await expectToAddUp();
  const { merged, ms } = await compactAggregates(analytics.prisma, later);
  await expectToBeCompact(later);
  await expectToAddUp(calls, otherOrgId);
  const hours = before.filter(({ bucketStart }) => bucketStart.getTime() < later.getTime() - 31 * day).length;
  expect(merged.map((each) => each.orgId)).toEqual([orgId, otherOrgId]);
  expect(merged[0]?.rows).toBeGreaterThan(hours);
  expect(ms).toBeGreaterThan(0);
  expect(await compactAggregates(analytics.prisma, later)).toMatchObject({ merged: [] });
});

test('one that fails half-way leaves every call in one bucket, and the next goes on where it was', async () => {
  const letBe = await meddleWith(middle, `RAISE EXCEPTION 'the disk is full'`);
  await expect(compactAggregates(analytics.prisma, later)).rejects.toThrow('the disk is full');
  const halfWay = await expectToAddUp();
  expect(new Set(halfWay.filter(({ bucketStart }) => bucketStart < middle).map(({ period }) => period))).toEqual(new Set(['DAILY']));
  expect(halfWay.some(({ period, bucketStart }) => period === 'HOURLY' && bucketStart >= middle && bucketStart.getTime() < later.getTime() - 31 * day)).toBe(true);

  // Late calls to either side of where it has come to.
  const late = [-1, 0, 1].map((days) => aCall({ occurredAt: new Date(middle.getTime() + days * day), runId: oneOf(runs) }));
  await analytics.record(late);
  calls.push(...late);
  await expectToAddUp();
  await letBe();
  await compactAggregates(analytics.prisma, later);
  await expectToBeCompact(later);
});

test('one whose connection is killed in the middle of a step has not begun that step', async () => {
  const letBe = await meddleWith(middle, 'PERFORM pg_sleep(20)');
  const killed = compactAggregates(analytics.connect(), later).then(() => 'finished', () => 'killed');
  const sleeper = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`;
  while ((await analytics.sql(sleeper)).length === 0) await sleep(10);
  expect(await killed).toBe('killed');
  await expectToAddUp();
  await letBe();
  await compactAggregates(analytics.prisma, later);
  await expectToBeCompact(later);
});

test('four at once, while late calls come in by sixteen batches, count nothing twice and lose nothing', async () => {
  const late = Array.from({ length: 16 }, () => Array.from({ length: 5 }, () => aCall({ occurredAt: new Date(now.getTime() - below(89 * day)), runId: oneOf(runs) })));
  await Promise.all([
    ...Array.from({ length: 4 }, () => compactAggregates(analytics.connect(), later)),
    ...late.map((batch) => analytics.record(batch)),
  ]);
  calls.push(...late.flat());
  await expectToBeCompact(later);
});

test('a replica whose clock is behind takes nothing back', async () => {
  await compactAggregates(analytics.prisma, later);
  const states = await analytics.sql('SELECT * FROM "compactionState"');
  await compactAggregates(analytics.prisma, now);
  expect(await analytics.sql('SELECT * FROM "compactionState"')).toEqual(states);
  await expectToBeCompact(later);
});

test('a run whose first call comes to light when its hours are weeks and days long since is counted there, and no more where it was', async () => {
  await compactAggregates(analytics.prisma, later);
  const runId = newId('WorkflowRun');
  for (const days of [20, 45, 88]) {
    const call = aCall({ runId, occurredAt: new Date(now.getTime() - days * day) });
    await analytics.record([call]);
    calls.push(call);
    await expectToBeCompact(later);
  }
});
