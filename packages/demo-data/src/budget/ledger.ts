import type { Charge } from './charges.ts';
import type { BudgetPeriod, Envelope } from './envelopes.ts';
import { plannedEntries, type Entry } from './entries.ts';
import { startOfPeriod } from './periods.ts';
import type { Cast } from '../cast.ts';
import { cents } from '../money.ts';
import { after, day, type Row } from '../rows.ts';

/** A moment at which something was spent. */
export interface Spending {
  readonly at: Date;
  readonly periodStart: Date;
  readonly spent: bigint;
}

/** A budget's entries, and what they come to; amounts are in units of 10^-10 cents. */
export interface Ledger {
  readonly rows: readonly Row[];
  readonly spent: bigint;
  readonly reserved: bigint;
  /** The most that was ever spent and reserved at once. */
  readonly peak: bigint;
  readonly spendings: readonly Spending[];
  readonly periodStart: Date;
  readonly lastResetAt: Date | null;
  readonly changedAt: Date;
}

/** Plays a budget's entries in the order of their time: no two at the same millisecond, so that the order can be read off. */
export function keepLedger(cast: Cast, envelope: Envelope, charges: readonly Charge[]): Ledger {
  const { orgId, makeId, now } = cast;
  const until = envelope.enabled ? now : after(now, -20 * day);
  const rows: Row[] = [];
  const spendings: Spending[] = [];
  let [spent, reserved, peak] = [0n, 0n, 0n];
  let [periodStart, lastResetAt, time] = [startOfPeriod(envelope.period, envelope.createdAt), null as Date | null, envelope.createdAt];

  for (const entry of plannedEntries(cast, envelope, charges, until)) {
    time = entry.at > time ? entry.at : after(time, 1);
    // Of an entry that the end of the data has overtaken, nothing is known yet.
    if (time > until) break;
    const amount = amountOf(entry, spent);
    if (entry.type === 'RESERVE') reserved += amount;
    if (entry.type === 'RELEASE') reserved -= amount;
    if (entry.type === 'DEBIT') spent += amount;
    if (entry.type === 'CREDIT' || entry.type === 'RESET') spent -= amount;
    if (entry.type === 'RESET') [periodStart, lastResetAt] = [entry.at, time];
    if (entry.type === 'DEBIT') spendings.push({ at: time, periodStart, spent });
    if (spent + reserved > peak) peak = spent + reserved;
    const { type, runId = null, stepResultId = null, tokenEventId = null, reservationId = null, note = null, key } = entry;
    rows.push({
      id: makeId('BudgetTransaction', time), orgId, createdAt: time, budgetId: envelope.id, sequence: rows.length + 1, type, amountCents: cents(amount), overrunCents: cents(0n),
      spentAfterCents: cents(spent), reservedAfterCents: cents(reserved), runId, stepResultId, tokenEventId, reservationId, note, idempotencyKey: key, occurredAt: time,
    });
  }
  return { rows, spent, reserved, peak, spendings, periodStart, lastResetAt, changedAt: time };
}

/** A reset takes off all that was spent; a refund no more than that. */
function amountOf({ type, amount }: Entry, spent: bigint): bigint {
  return type === 'RESET' || (type === 'CREDIT' && amount > spent) ? spent : amount;
}

const dollar = 100n * 10n ** 10n;
const smallest: Readonly<Record<BudgetPeriod, bigint>> = { DAILY: 5n * dollar, WEEKLY: 20n * dollar, MONTHLY: 50n * dollar };

/** An amount of which as much is used as was planned; at least four times what was ever used at once under a hard limit, two thirds of it under a soft one. */
export function amountFor({ period, hardLimit, usedPercent }: Envelope, { spent, peak }: Ledger): bigint {
  const least = hardLimit ? peak * 4n : (peak * 2n) / 3n;
  const planned = (spent * 100n) / usedPercent;
  return rounded(peak === 0n ? smallest[period] : planned < least ? least : planned);
}

/** Up to three digits that count, as people choose amounts. */
function rounded(units: bigint): bigint {
  const step = 10n ** BigInt(Math.max(0, units.toString().length - 3));
  return ((units + step - 1n) / step) * step;
}
