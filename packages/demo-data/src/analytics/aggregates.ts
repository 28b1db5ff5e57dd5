import type { Call } from './calls.ts';
import type { Cast } from '../cast.ts';
import { cents, unitsOf } from '../money.ts';
import { after, day, hour, type Row, type Tables } from '../rows.ts';

const scopes: Readonly<Record<string, (call: Call) => string | null>> = {
  GLOBAL: () => null,
  WORKFLOW: ({ workflowId }) => workflowId,
  AGENT: ({ agentId }) => agentId,
  GATEWAY: ({ gatewayId }) => gatewayId,
  MODEL: ({ modelId }) => modelId,
  WORKER: ({ workerId }) => workerId,
  FACTORY: ({ factoryId }) => factoryId,
};

/** What the calls of one scope in one bucket add up to; a run counts in the bucket of its first call of the scope. */
interface Sum {
  readonly period: string;
  readonly bucketStart: Date;
  readonly scopeType: string;
  readonly scopeId: string | null;
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  thinkingTokens: number;
  cost: bigint;
  eventCount: number;
  runCount: number;
  successCount: number;
}

/**
 * The cost aggregates of calls, in the order of their time: hourly for the last 30 days, by the day up to 90 days back, by the
 * ISO week before that. Every call is in exactly one bucket of each of its scopes. With them goes what tells the next call its
 * bucket and whether its run has been counted.
 */
export function makeAggregates({ orgId, makeId, now }: Cast, calls: readonly Call[]): Tables {
  const { hourlyFrom, dailyFrom } = bordersAt(now);
  const bucketOf = bucketsFrom(hourlyFrom, dailyFrom);
  const sums = new Map<string, Sum>();
  const scopeRuns = new Map<string, Row>();
  for (const call of calls) {
    const bucket = bucketOf(call.occurredAt);
    for (const [scopeType, idOf] of Object.entries(scopes)) {
      const scopeId = idOf(call);
      if (scopeId === null && scopeType !== 'GLOBAL') continue;
      const key = `${scopeType} ${scopeId ?? ''} ${bucket.bucketStart.getTime()}`;
      const sum = sums.get(key) ?? { ...bucket, scopeType, scopeId, ...nothing };
      sums.set(key, addCall(sum, call));
      const run = `${scopeType} ${scopeId ?? ''} ${call.runId}`;
      if (scopeRuns.has(run)) continue;
      sum.runCount += 1;
      scopeRuns.set(run, { orgId, runId: call.runId, scopeType, scopeId: scopeId ?? '', firstAt: call.occurredAt });
    }
  }
  const costAggregates = [...sums.values()].map(({ cost, ...sum }) => ({
    id: makeId('CostAggregate', sum.bucketStart), orgId, createdAt: now, updatedAt: now, ...sum, costCents: cents(cost), failureCount: sum.eventCount - sum.successCount,
  }));
  return { costAggregates, scopeRuns: [...scopeRuns.values()], compactionState: [{ orgId, hourlyFrom, dailyFrom, eventsFrom: null }] };
}

const nothing = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, thinkingTokens: 0, cost: 0n, eventCount: 0, runCount: 0, successCount: 0 };

function addCall(sum: Sum, call: Call): Sum {
  for (const count of ['inputTokens', 'outputTokens', 'cachedInputTokens', 'thinkingTokens'] as const) sum[count] += call[count];
  sum.cost += unitsOf(call.costCents);
  sum.eventCount += 1;
  sum.successCount += call.succeeded ? 1 : 0;
  return sum;
}

/** Whole days become hourly, whole weeks become daily: so that no bucket covers part of another. */
function bordersAt(now: Date) {
  return { hourlyFrom: startOfDay(after(now, -30 * day)), dailyFrom: startOfWeek(after(now, -90 * day)) };
}

function bucketsFrom(hourlyFrom: Date, dailyFrom: Date): (time: Date) => { period: string; bucketStart: Date } {
  return (time) => {
    if (time >= hourlyFrom) return { period: 'HOURLY', bucketStart: new Date(Math.floor(time.getTime() / hour) * hour) };
    if (time >= dailyFrom) return { period: 'DAILY', bucketStart: startOfDay(time) };
    return { period: 'WEEKLY', bucketStart: startOfWeek(time) };
  };
}

function startOfDay(time: Date): Date {
  return new Date(Math.floor(time.getTime() / day) * day);
}

/** ISO 8601: weeks begin on Monday. */
function startOfWeek(time: Date): Date {
  return after(startOfDay(time), -((time.getUTCDay() + 6) % 7) * day);
}
