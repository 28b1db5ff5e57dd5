import { organisations } from '../cast.ts';
import { makeDemoData } from '../demo-data.ts';
import type { Row } from '../rows.ts';

const tables = (makeDemoData(new Date('2026-11-23T10:00:00.000Z'), 200, organisations.slice(0, 1))['analytics'] ?? []).flatMap((batch) => Object.entries(batch));
const rowsOf = (table: string): readonly Row[] => tables.flatMap(([name, rows]) => (name === table ? rows : []));
const timeOf = (row: Row, column: string) => (row[column] as Date).getTime();

test('every bucket is as long as the state of compaction says, and counts the runs that are noted as counted in it', () => {
  const [state = {}] = rowsOf('compactionState');
  const ends = { HOURLY: 3_600_000, DAILY: 86_400_000, WEEKLY: 7 * 86_400_000 };
  const runs = Map.groupBy(rowsOf('scopeRuns'), ({ scopeType, scopeId }) => `${scopeType as string} ${scopeId as string}`);
  const off = rowsOf('costAggregates').filter((bucket) => {
    const { period, scopeType, scopeId, runCount } = bucket as { period: keyof typeof ends; scopeType: string; scopeId: string | null; runCount: number };
    const start = timeOf(bucket, 'bucketStart');
    const due = start >= timeOf(state, 'hourlyFrom') ? 'HOURLY' : start >= timeOf(state, 'dailyFrom') ? 'DAILY' : 'WEEKLY';
    const counted = (runs.get(`${scopeType} ${scopeId ?? ''}`) ?? []).filter((run) => timeOf(run, 'firstAt') >= start && timeOf(run, 'firstAt') < start + ends[period]);
    return period !== due || counted.length !== runCount;
  });
  expect(off).toEqual([]);
  expect(rowsOf('scopeRuns').length).toBe(rowsOf('costAggregates').reduce((all, { runCount }) => all + (runCount as number), 0));
});
