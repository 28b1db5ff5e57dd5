import { newId } from '@forge/subgraph-kit';
import { startAnalytics, type Analytics } from '../fixture/analytics.ts';
import { createCalls, type Call } from '../fixture/calls.ts';
import { compactAggregates } from './compact-aggregates.ts';
import { makePartitions } from './make-partitions.ts';
import { dropOldTokenEvents } from './token-event-retention.ts';

const day = 86_400_000;
const monday = Date.parse('2026-06-01T00:00:00.000Z');

let analytics: Analytics;
beforeEach(async () => (analytics = await startAnalytics()));
afterEach(() => analytics.close());

test('a hundred days of calls, some of them late, are kept in hours, days and weeks that add up to the last decimal, in every scope, week by week', async () => {
  const { clock, prisma, record, deliver, compare } = analytics;
  const { aCall, below, oneOf } = createCalls();
  const runs = Array.from({ length: 40 }, () => newId('WorkflowRun'));
  const calls: Call[] = [];
  let dropped = 0;
  for (let week = 0; week < 15; week++) {
    clock.now = new Date(monday + week * 7 * day + 6 * day);
    const before = (milliseconds: number) => ({ occurredAt: new Date(clock.now.getTime() - milliseconds), runId: below(4) === 0 ? null : oneOf(runs) });
    const batch = [...Array.from({ length: 80 }, () => aCall(before(below(7 * day)))), ...Array.from({ length: 15 }, () => aCall(before(below(89 * day))))];
    expect(await record(batch)).toBe(95);
    const late = aCall({ ...before(95 * day), runId: oneOf(runs) });
    await deliver({ ...late, runId: late.runId ?? '', stepResultId: newId('StepResult'), stepId: 'late', calls: [{ ...late, occurredAt: late.occurredAt.toISOString() }] });
    calls.push(...batch, late);

    // The small hours of Sunday.
    await makePartitions(prisma, clock.now);
    for (const { rows } of await dropOldTokenEvents(prisma, new Date(clock.now.getTime() + 3 * 3_600_000))) dropped += rows;
    await compactAggregates(prisma, new Date(clock.now.getTime() + 4 * 3_600_000 + 600_000));
    const { stored, expected } = await compare(calls);
    expect(stored).toEqual(expected);
  }
  expect(await analytics.differences()).toEqual([]);
  const { stored } = await compare(calls);
  expect(new Set(stored.map(({ period }) => period)).size).toBe(3);
  expect(dropped).toBeGreaterThan(100);
  expect(await prisma.tokenEvent.count()).toBe(calls.length - dropped);
});
