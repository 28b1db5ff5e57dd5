import type { Prisma } from '@forge/prisma-budget';
import { openBook, type Book } from '../ledger/book.ts';
import { lockBooks, lockBudgets } from '../ledger/lock-budgets.ts';
import { writeBook } from '../ledger/write-book.ts';
import { lockReservation, markOver, neverMade, type Reservation } from './reservations.ts';

/** Enters in `book` that a part of a reservation is not reserved any more. */
export function free(book: Book, reservation: Reservation, amount: bigint, idempotencyKey: string, tokenEventId: string | null = null): Reservation {
  if (amount === 0n) return reservation;
  const { id: reservationId, runId, stepResultId, remaining } = reservation;
  for (const budgetId of reservation.budgetIds) book.post(budgetId, 'RELEASE', amount, { idempotencyKey, reservationId, runId, stepResultId, tokenEventId });
  return { ...reservation, remaining: remaining - amount };
}

/** The same for all that is left of it. */
export function freeRest(book: Book, reservation: Reservation): Reservation {
  return free(book, reservation, reservation.remaining, `release:${reservation.id}`);
}

/** Frees what is left of an open reservation; one that is not there yet will take nothing. Any other stays as it is. */
export async function release(tx: Prisma.TransactionClient, orgId: string, id: string, now: Date): Promise<Reservation> {
  await lockBooks(tx, orgId);
  await markOver(tx, orgId, id, null, now);
  const reservation = await lockReservation(tx, orgId, id);
  if (reservation.status !== 'OPEN') return reservation;
  const book = openBook(await lockBudgets(tx, orgId, reservation.budgetIds), now);
  const released: Reservation = { ...freeRest(book, reservation), status: 'RELEASED' };
  await writeBook(tx, orgId, book, [released]);
  return released;
}

/** A reservation that was settled, or why it cannot be. */
export interface Settled {
  readonly reservation: Reservation;
  readonly fault: 'refused' | 'never reserved' | 'settled otherwise' | null;
}

/**
 * Frees what is left of a reservation and enters `amount` as spent in its budgets, all of it, whatever was reserved; also after a
 * release, for what was spent was spent.
 */
export async function settle(tx: Prisma.TransactionClient, orgId: string, id: string, amount: bigint, note: string | null, now: Date): Promise<Settled> {
  await lockBooks(tx, orgId);
  await markOver(tx, orgId, id, null, now);
  const reservation = await lockReservation(tx, orgId, id);
  const { status, settled, budgetIds, runId, stepResultId } = reservation;
  if (status === 'REFUSED') return { reservation, fault: 'refused' };
  if (status === 'SETTLED') return { reservation, fault: settled === amount ? null : 'settled otherwise' };
  if (neverMade(reservation)) return { reservation, fault: amount === 0n ? null : 'never reserved' };

  const budgets = await lockBudgets(tx, orgId, budgetIds);
  const book = openBook(budgets, now);
  const freed = freeRest(book, reservation);
  for (const { id: budgetId } of budgets.filter(({ enabled }) => enabled)) {
    book.post(budgetId, 'DEBIT', amount, { idempotencyKey: `settle:${id}`, reservationId: id, runId, stepResultId, note });
  }
  const closed: Reservation = { ...freed, status: 'SETTLED', settled: amount };
  await writeBook(tx, orgId, book, [closed]);
  return { reservation: closed, fault: null };
}
