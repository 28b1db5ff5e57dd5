import { organisations } from './cast.ts';
import type { Call } from './analytics/calls.ts';
import { makeDemoData, type DemoData } from './demo-data.ts';
import { unitsOf } from './money.ts';
import type { Row } from './rows.ts';

const now = new Date('2026-11-23T10:00:00.000Z');

let data: DemoData;
beforeAll(() => (data = makeDemoData(now, 600, organisations.slice(0, 1))));

const rowsOf = (domain: string, table: string): readonly Row[] => (data[domain] ?? []).flatMap((tables) => tables[table] ?? []);
const sum = (values: bigint[]) => values.reduce((total, value) => total + value, 0n);

test('the same moment makes the same data', () => {
  expect(makeDemoData(now, 40)).toEqual(makeDemoData(now, 40));
});

test('a run has cost what its own calls and those of the runs it started have cost', () => {
  const calls = Map.groupBy(rowsOf('analytics', 'tokenEvents') as readonly Call[], ({ runId }) => runId);
  const runs = rowsOf('workflow', 'workflowRuns');
  const children = Map.groupBy(runs.filter(({ parentRunId }) => parentRunId !== null), ({ parentRunId }) => parentRunId);
  expect(children.size).toBeGreaterThan(3);
  for (const run of runs) {
    const counted = [run, ...(children.get(run['id']) ?? [])].flatMap(({ id }) => calls.get(id as string) ?? []);
    expect({ run: run['id'], cost: unitsOf(run['totalCostCents'] as string), tokens: run['totalTokens'] }).toEqual({
      run: run['id'], cost: sum(counted.map(({ costCents }) => unitsOf(costCents))), tokens: counted.reduce((total, { inputTokens, outputTokens }) => total + inputTokens + outputTokens, 0),
    });
  }
});

test('in every scope the aggregates add up to the calls: cost, tokens, calls, failures and runs', () => {
  const calls = rowsOf('analytics', 'tokenEvents') as readonly Call[];
  const scopeIds: Record<string, (call: Call) => string | null> = {
    GLOBAL: () => '', WORKFLOW: (call) => call.workflowId, AGENT: (call) => call.agentId, GATEWAY: (call) => call.gatewayId, MODEL: (call) => call.modelId, WORKER: (call) => call.workerId, FACTORY: (call) => call.factoryId,
  };
  const aggregates = Map.groupBy(rowsOf('analytics', 'costAggregates'), ({ scopeType, scopeId }) => `${scopeType as string} ${(scopeId ?? '') as string}`);
  const total = (rows: readonly Row[], column: string) => rows.reduce((all, row) => all + (row[column] as number), 0);
  let scopes = 0;
  for (const [scopeType, idOf] of Object.entries(scopeIds)) {
    for (const [scopeId, own] of Map.groupBy(calls.filter((call) => idOf(call) !== null), idOf)) {
      const rows = aggregates.get(`${scopeType} ${scopeId ?? ''}`) ?? [];
      expect(sum(rows.map((row) => unitsOf(row['costCents'] as string)))).toBe(sum(own.map(({ costCents }) => unitsOf(costCents))));
      expect([total(rows, 'inputTokens'), total(rows, 'thinkingTokens'), total(rows, 'eventCount'), total(rows, 'failureCount'), total(rows, 'runCount')]).toEqual([
        total(own, 'inputTokens'), total(own, 'thinkingTokens'), own.length, own.filter(({ succeeded }) => !succeeded).length, new Set(own.map(({ runId }) => runId)).size,
      ]);
      scopes++;
    }
  }
  expect(scopes).toBe(aggregates.size);
});

test('the last 30 days are in hours, the 60 before them in days, and what is older in weeks', () => {
  const starts = Map.groupBy(rowsOf('analytics', 'costAggregates'), ({ period }) => period as string);
  const first = (period: string) => Math.min(...(starts.get(period) ?? []).map(({ bucketStart }) => (bucketStart as Date).getTime()));
  expect(first('HOURLY')).toBeGreaterThanOrEqual(Date.parse('2026-10-24T00:00Z'));
  // The Monday before 25 August.
  expect(first('DAILY')).toBeGreaterThanOrEqual(Date.parse('2026-08-24T00:00Z'));
  expect(first('WEEKLY')).toBe(Date.parse('2026-08-10T00:00Z'));
});

test('nothing has happened later than now, and nothing ended before it began', () => {
  for (const [domain, batches] of Object.entries(data)) {
    for (const [table, rows] of batches.flatMap((tables) => Object.entries(tables))) {
      const past = Object.keys(rows[0] ?? {}).filter((column) => /At$/.test(column) && !/^(dueAt|deadlineAt|next\w+At|\w*[eE]xpiresAt)$/.test(column));
      const late = rows.filter((row) => past.some((column) => row[column] instanceof Date && row[column] > now));
      expect({ domain, table, late: late.slice(0, 1) }).toEqual({ domain, table, late: [] });
    }
  }
  const backwards = rowsOf('workflow', 'workflowRuns').filter(({ startedAt, completedAt }) => completedAt !== null && (completedAt as Date) < (startedAt as Date));
  expect(backwards).toEqual([]);
});

test('an id occurs once', () => {
  // A reservation has the id of the attempt that it is for.
  const ids = Object.values(data).flat().flatMap(({ budgetReservations: _, ...tables }) => Object.values(tables)).flat().flatMap(({ id }) => (id as string | undefined) ?? []);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the organisations share nothing', () => {
  const [first, second] = organisations.map((organisation) => JSON.stringify(makeDemoData(now, 20, [organisation])));
  const ids = new Set(first?.match(/\b[a-z]{2,3}_[0-9a-z]{26}\b/g));
  expect(ids.size).toBeGreaterThan(1_000);
  expect(second?.match(/\b[a-z]{2,3}_[0-9a-z]{26}\b/g)?.filter((id) => ids.has(id))).toEqual([]);
});
