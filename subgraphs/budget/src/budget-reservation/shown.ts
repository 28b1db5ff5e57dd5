import { centsOf } from '../ledger/money.ts';
import type { Reservation } from './reservations.ts';

/** A reservation as it stands on the graph. */
export function shown({ id, amount, remaining, status, reason, budgetIds, createdAt }: Reservation) {
  return { id, amountCents: centsOf(amount), remainingCents: centsOf(remaining), status, reason, budgetIds: [...budgetIds], createdAt };
}
