import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { orgId, otherOrgId, startAnalytics, type Analytics } from '../fixture/analytics.ts';
import { createCalls, type Call } from '../fixture/calls.ts';
import { compactAggregates } from '../jobs/compact-aggregates.ts';
import { dropOldTokenEvents } from '../jobs/token-event-retention.ts';

const start = '2026-08-20T12:00:00.000Z';
const day = 86_400_000;

let analytics: Analytics;
beforeEach(async () => (analytics = await startAnalytics(start)));
afterEach(() => analytics.close());

const { aCall, below, oneOf } = createCalls();

async function someCalls(): Promise<Call[]> {
  const runs = Array.from({ length: 5 }, () => newId('WorkflowRun'));
  const calls = Array.from({ length: 60 }, () => aCall({ runId: oneOf(runs), occurredAt: new Date(Date.parse(start) - below(20 * day)) }));
  await analytics.record(calls);
  return calls;
}

test('nothing differs: not in hours, days or weeks, not between organisations, not when the first events have been dropped, and not in an empty database', async () => {
  expect(await analytics.differences()).toEqual([]);
  const calls = await someCalls();
  await analytics.record(calls.slice(0, 30), anotherOrganisation);
  expect(await analytics.differences()).toEqual([]);
  await compactAggregates(analytics.prisma, new Date('2026-09-27T04:10:00.000Z'));
  expect(await analytics.differences()).toEqual([]);
  await compactAggregates(analytics.prisma, new Date('2026-11-15T04:10:00.000Z'));
  expect(await analytics.differences()).toEqual([]);
  // In the middle of a week that is one bucket by now; runs go on beyond it.
  await dropOldTokenEvents(analytics.prisma, new Date('2026-11-12T03:00:00.000Z'));
  expect(await analytics.differences()).toEqual([]);
  expect((await analytics.sql('SELECT 1 FROM "compactionState" WHERE "eventsFrom" = \'2026-08-14T00:00:00Z\'')).length).toBe(2);
});

test('every figure that is wrong is named with what it should be', async () => {
  const runId = newId('WorkflowRun');
  const call = aCall({ runId, workflowId: null, agentId: null, gatewayId: null, workerId: null, factoryId: null, succeeded: true, inputTokens: 100, outputTokens: 10, cachedInputTokens: 1, thinkingTokens: 2, occurredAt: new Date('2026-08-20T11:30:00.000Z') });
  await analytics.record([call]);
  await analytics.record([call], anotherOrganisation);
  const [event] = await analytics.sql<{ cents: string; more: string }>('SELECT "costCents"::text AS cents, ("costCents" + 0.0000000001)::text AS more FROM "tokenEvents" LIMIT 1');
  await analytics.sql(`UPDATE "costAggregates" SET "inputTokens" = 101, "outputTokens" = 11, "cachedInputTokens" = 2, "thinkingTokens" = 3, "costCents" = "costCents" + 0.0000000001,
    "eventCount" = 3, "runCount" = 2, "successCount" = 2, "failureCount" = 1 WHERE "orgId" = $1 AND "scopeType" = 'GLOBAL'`, [orgId]);
  await analytics.sql(`DELETE FROM "costAggregates" WHERE "orgId" = $1 AND "scopeType" = 'MODEL'`, [otherOrgId]);
  const found = await analytics.differences();
  const bucket = { period: 'HOURLY', bucketStart: new Date('2026-08-20T11:00:00.000Z') };
  const global = { orgId, scopeType: 'GLOBAL', scopeId: null, ...bucket };
  expect(found.slice(0, 9)).toEqual([
    { ...global, field: 'cachedInputTokens', stored: '2', recomputed: '1' },
    { ...global, field: 'costCents', stored: event?.more, recomputed: event?.cents },
    { ...global, field: 'eventCount', stored: '3', recomputed: '1' },
    { ...global, field: 'failureCount', stored: '1', recomputed: '0' },
    { ...global, field: 'inputTokens', stored: '101', recomputed: '100' },
    { ...global, field: 'outputTokens', stored: '11', recomputed: '10' },
    { ...global, field: 'runCount', stored: '2', recomputed: '1' },
    { ...global, field: 'successCount', stored: '2', recomputed: '1' },
    { ...global, field: 'thinkingTokens', stored: '3', recomputed: '2' },
  ]);
  const missing = { orgId: otherOrgId, scopeType: 'MODEL', scopeId: call.modelId, ...bucket };
  expect(found.slice(9).map(({ field, stored, recomputed, ...rest }) => [field, stored, recomputed === '0', rest])).toEqual(
    ['cachedInputTokens', 'costCents', 'eventCount', 'inputTokens', 'outputTokens', 'runCount', 'successCount', 'thinkingTokens'].map((field) => [field, '0', false, missing]),
  );
});

test('an aggregate of calls that nobody made is found, also in a week without any call', async () => {
  await someCalls();
  await analytics.sql(`INSERT INTO "costAggregates" ("id", "orgId", "period", "bucketStart", "scopeType", "scopeId", "inputTokens", "outputTokens", "cachedInputTokens", "thinkingTokens", "costCents", "eventCount", "runCount", "successCount", "failureCount")
    VALUES ('cag_x', $1, 'HOURLY', '2026-10-01T05:00:00Z', 'AGENT', 'agt_x', 0, 0, 0, 0, 0.5, 1, 0, 1, 0)`, [orgId]);
  expect((await analytics.differences()).map(({ scopeType, field, stored, recomputed }) => [scopeType, field, stored, recomputed])).toEqual([
    ['AGENT', 'costCents', '0.5000000000', '0'], ['AGENT', 'eventCount', '1', '0'], ['AGENT', 'successCount', '1', '0'],
  ]);
});

test('a run counted in the wrong hour is wrong in both', async () => {
  const runId = newId('WorkflowRun');
  await analytics.record(['T10:30:00.000Z', 'T11:30:00.000Z'].map((time) => aCall({ runId, occurredAt: new Date(`2026-08-20${time}`) })));
  await analytics.sql(`UPDATE "costAggregates" SET "runCount" = 1 - "runCount" WHERE "scopeType" = 'GLOBAL'`);
  expect((await analytics.differences()).map(({ bucketStart, field, stored, recomputed }) => [bucketStart.toISOString(), field, stored, recomputed])).toEqual([
    ['2026-08-20T10:00:00.000Z', 'runCount', '0', '1'], ['2026-08-20T11:00:00.000Z', 'runCount', '1', '0'],
  ]);
});

test('1,750 differences in a week come in pages, each once', async () => {
  const calls = Array.from({ length: 250 }, () => aCall({ runId: null, agentId: newId('Agent'), inputTokens: 5, cachedInputTokens: 1, outputTokens: 5, thinkingTokens: 1, succeeded: true }));
  await analytics.record(calls.map((call) => ({ ...call, occurredAt: new Date(start) })));
  await analytics.sql(`DELETE FROM "costAggregates" WHERE "scopeType" = 'AGENT'`);
  const found = await analytics.differences();
  expect(found).toHaveLength(250 * 7);
  expect(new Set(found.map(({ scopeId, field }) => `${scopeId ?? ''} ${field}`)).size).toBe(250 * 7);
});
