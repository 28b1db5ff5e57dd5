import type { Recorded } from './open-loop.ts';

/** The requests of one kind. */
export interface Tally {
  readonly kind: string;
  readonly outcomes: ReadonlyMap<Recorded['verdict']['outcome'], number>;
  /** Of those that were sent: half, 95 and 99 of 100, and all of them were answered within so many milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
}

export function tallyOf(kind: string, recorded: readonly Recorded[]): Tally {
  const outcomes = new Map([...Map.groupBy(recorded, ({ verdict }) => verdict.outcome)].map(([outcome, all]) => [outcome, all.length]));
  const times = recorded.filter(({ verdict }) => verdict.outcome !== 'not sent').map(({ took }) => took);
  return { kind, outcomes, p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99), most: percentile(times, 1) };
}

/** A tally for each kind, in the order in which they come first. */
export function tallies(recorded: readonly Recorded[]): Tally[] {
  return [...Map.groupBy(recorded, ({ kind }) => kind)].map(([kind, all]) => tallyOf(kind, all));
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
