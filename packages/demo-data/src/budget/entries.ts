import type { Charge } from './charges.ts';
import type { Envelope } from './envelopes.ts';
import { periodStartsBetween, startOfPeriod } from './periods.ts';
import type { Cast } from '../cast.ts';
import { unitsOf } from '../money.ts';
import { after, day } from '../rows.ts';

/** An entry of a ledger before it is known what was spent by then. */
export interface Entry {
  readonly at: Date;
  readonly type: 'DEBIT' | 'CREDIT' | 'RESERVE' | 'RELEASE' | 'RESET';
  /** In units of 10^-10 cents; what is there, for RESET. */
  readonly amount: bigint;
  readonly key: string;
  readonly runId?: string;
  readonly stepResultId?: string;
  readonly tokenEventId?: string;
  readonly reservationId?: string;
  readonly note?: string;
}

/**
 * What a budget's ledger has to tell up to `until`, in the order of time: a sum a day for what was settled before the platform
 * kept reservations, each step or call since then, and the resets.
 */
export function plannedEntries({ now }: Cast, envelope: Envelope, charges: readonly Charge[], until: Date): Entry[] {
  const keptSince = earlier(startOfPeriod(envelope.period, now), startOfPeriod('DAILY', after(now, -14 * day)));
  const own = charges.filter((charge) => envelope.covers(charge) && charge.from <= until);
  const settled = own.filter(({ from }) => from < keptSince);
  const since = own.filter(({ from }) => from >= keptSince);
  const entries = [
    ...periodStartsBetween(envelope.period, envelope.createdAt, until).map((at): Entry => ({ at, type: 'RESET', amount: 0n, key: `reset:${at.toISOString()}` })),
    ...sumsByDay(settled),
    ...since.flatMap((charge, i) => (envelope.byCall ? callByCall(charge) : stepByStep(charge, i))),
  ];
  return entries.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function sumsByDay(charges: readonly Charge[]): Entry[] {
  const days = Map.groupBy(charges, ({ from }) => from.toISOString().slice(0, 10));
  return [...days].map(([date, all]): Entry => ({
    at: new Date(`${date}T23:59:00.000Z`), type: 'DEBIT', amount: all.reduce((sum, { cost }) => sum + cost, 0n), key: `day:${date}`, note: `${all.length} steps of ${date}, brought forward as one sum`,
  }));
}

function callByCall({ calls, runId, stepResultId }: Charge): Entry[] {
  return calls.map((call): Entry => ({ at: call.occurredAt, type: 'DEBIT', amount: unitsOf(call.costCents), key: `token:${call.id}`, runId, stepResultId, tokenEventId: call.id }));
}

const cent = 10n ** 10n;

/** A quarter more than it will cost is reserved, in whole cents, or what its step says while it is under way; one attempt in 90 is refunded in part. */
function stepByStep({ from, to, cost, reserve, runId, stepResultId }: Charge, index: number): Entry[] {
  // A reservation has the id of the attempt that it is for.
  const reservationId = stepResultId;
  const reserved = to ? ((cost * 5n) / 4n / cent + 1n) * cent : reserve;
  const of = { runId, stepResultId, reservationId };
  const reservation: Entry = { ...of, at: from, type: 'RESERVE', amount: reserved, key: `reserve:${reservationId}` };
  if (!to) return [reservation];
  const refund: Entry = { at: after(to, 2), type: 'CREDIT', amount: cost / 2n, key: `adjust:refund-${stepResultId}`, runId, stepResultId, note: 'the provider refunded half after an outage' };
  return [
    reservation,
    { ...of, at: to, type: 'RELEASE', amount: reserved, key: `release:${reservationId}` },
    { ...of, at: after(to, 1), type: 'DEBIT', amount: cost, key: `settle:${reservationId}` },
    ...(index % 90 === 0 ? [refund] : []),
  ];
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
