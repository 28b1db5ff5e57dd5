import type { Recorded } from '@forge/cli/src/acceptance/front-door/open-loop.ts';
import type { Resources } from '@forge/cli/src/acceptance/front-door/resources.ts';
import { percentile, tallies, tallyOf, type Tally } from '@forge/cli/src/acceptance/front-door/tally.ts';

const outcomes = ['whole', 'gaps', 'refused', 'wrong', 'failed', 'not sent'] as const;

/** A line for each kind of request, and how much later than they were due requests were sent. */
export function printRequests(recorded: readonly Recorded[]): void {
  print([
    ['', ...outcomes, 'p50 ms', 'p95', 'p99', 'most'],
    ...[...tallies(recorded), tallyOf('all', recorded)].map(({ kind, outcomes: counts, ...times }: Tally) => [kind, ...outcomes.map((each) => String(counts.get(each) ?? 0)), ...timesOf(times)]),
  ]);
  const late = recorded.map((each) => each.late);
  console.log(`sent later than they were due: p99 ${percentile(late, 0.99).toFixed(0)} ms, most ${percentile(late, 1).toFixed(0)} ms`);
}

/** How long those with each outcome took. */
export function printOutcomes(recorded: readonly Recorded[]): void {
  const all = Map.groupBy(recorded, ({ verdict }) => verdict.outcome);
  print([['', 'requests', 'p50 ms', 'p95', 'p99', 'most'], ...[...all].map(([outcome, each]) => [outcome, String(each.length), ...timesOf(tallyOf(outcome, each))])]);
}

export function printResources(columns: Readonly<Record<string, Resources>>): void {
  const all = Object.entries(columns);
  const names = Object.keys(all[0]?.[1] ?? {}) as (keyof Resources)[];
  print([['', ...all.map(([when]) => when)], ...names.map((name) => [name, ...all.map(([, resources]) => String(resources[name]))])]);
}

function timesOf({ p50, p95, p99, most }: Omit<Tally, 'kind' | 'outcomes'>): string[] {
  return [p50, p95, p99, most].map((milliseconds) => milliseconds.toFixed(0));
}

/** The first column to the left, the others to the right. */
function print(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) console.log(`  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[column] ?? 0) + 2))).join('')}`);
}
