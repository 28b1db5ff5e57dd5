import type { Envelope } from './envelopes.ts';
import type { Ledger } from './ledger.ts';
import type { Cast } from '../cast.ts';
import { cents } from '../money.ts';
import { after, minute, type Row } from '../rows.ts';

/** An alert for each threshold that a debit reached, once in a period. */
export function alertsOf(cast: Cast, envelope: Envelope, ledger: Ledger, amount: bigint): Row[] {
  const reached = new Set<string>();
  return ledger.spendings.flatMap(({ at, periodStart, spent }) => envelope.alertThresholds.flatMap((thresholdPercent): Row[] => {
    const key = `${periodStart.getTime()} ${thresholdPercent}`;
    if (reached.has(key) || spent * 100n < amount * BigInt(thresholdPercent)) return [];
    reached.add(key);
    const isOver = periodStart < ledger.periodStart;
    return [alertRow(cast, envelope, { at, periodStart, spentCents: cents(spent), amountCents: cents(amount), thresholdPercent }, reached.size, isOver)];
  }));
}

type Reached = Readonly<{ at: Date; periodStart: Date; spentCents: string; amountCents: string; thresholdPercent: number }>;

/** When their period is over, most are settled; some were noticed and left at that, some overlooked. */
function alertRow({ orgId, makeId, random, people, now }: Cast, envelope: Envelope, { at, ...alert }: Reached, number: number, isOver: boolean): Row {
  const overlooked = number % 10 === 3;
  const seen = !overlooked && (number % 10 === 1 || random.chance(0.4));
  const settled = isOver && !overlooked && number % 10 !== 1;
  const acknowledgedAt = seen ? earlier(after(at, random.int(2, 240) * minute), now) : null;
  return {
    id: makeId('BudgetAlert', at), orgId, createdAt: at, updatedAt: acknowledgedAt ?? at, budgetId: envelope.id, ...alert,
    status: settled ? 'RESOLVED' : seen ? 'ACKNOWLEDGED' : 'OPEN', acknowledgedById: seen ? (envelope.ownerId ?? random.pick(people)) : null, acknowledgedAt,
  };
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
