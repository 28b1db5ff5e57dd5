import type { Prisma } from '@forge/prisma-budget';
import { createHash } from 'node:crypto';
import { openBook, type Book } from '../ledger/book.ts';
import { coverageOf, scopeIdsOf, type Scope } from '../ledger/coverage.ts';
import { fits, left } from '../ledger/ledger.rules.ts';
import { lockApplying, lockBooks, type LockedBudget } from '../ledger/lock-budgets.ts';
import { centsOf } from '../ledger/money.ts';
import { writeBook } from '../ledger/write-book.ts';
import { claimReservation, lockReservation, neverMade, type Reservation } from './reservations.ts';

/** Money to be set aside: in units of 10^-10 cents, for what, and in which budgets. */
export interface ReservationRequest {
  readonly id: string;
  readonly amount: bigint;
  readonly scope: Scope;
  readonly runId: string | null;
  readonly stepResultId: string | null;
}

export interface Reserved {
  readonly reservation: Reservation;
  /** Whether the id was taken before by something else: another request, or a release that came first. */
  readonly takenFor: 'this' | 'another' | 'release';
}

/**
 * Reserves in every budget that applies, or in none when one with a hard limit has not enough left. Asked again under the same
 * id it answers what became of the first time, also when that was refused.
 */
export async function reserve(tx: Prisma.TransactionClient, orgId: string, request: ReservationRequest, now: Date): Promise<Reserved> {
  const { id, amount, scope, runId, stepResultId } = request;
  await lockBooks(tx, orgId);
  const inputHash = hashOf(request);
  const claimed = await claimReservation(tx, orgId, { id, runId, stepResultId, amount, inputHash }, now);
  if (!claimed) return repeated(await lockReservation(tx, orgId, id), inputHash);

  const locked = await lockApplying(tx, orgId, scopeIdsOf(scope));
  const budgets = coverageOf(locked)(scope);
  const book = openBook(locked, now);
  const reason = refusal(budgets, book, amount);
  const reservation: Reservation = reason === null
    ? { ...claimed, budgetIds: budgets.map((budget) => budget.id) }
    : { ...claimed, status: 'REFUSED', remaining: 0n, reason };
  for (const budgetId of reservation.budgetIds) book.post(budgetId, 'RESERVE', amount, { idempotencyKey: `reserve:${id}`, reservationId: id, runId, stepResultId });
  await writeBook(tx, orgId, book, [reservation]);
  return { reservation, takenFor: 'this' };
}

/** Names the tightest budget when one of them has too little left; null when all have enough. */
function refusal(budgets: readonly LockedBudget[], book: Book, amount: bigint): string | null {
  const limits = budgets.map(({ id, name }) => ({ name, balance: book.balanceOf(id) })).filter(({ balance }) => balance.hardLimit);
  if (limits.every(({ balance }) => fits(balance, amount))) return null;
  const tightest = limits.reduce((a, b) => (left(b.balance) < left(a.balance) ? b : a));
  const rest = left(tightest.balance);
  return `the budget "${tightest.name}" has ${centsOf(rest > 0n ? rest : 0n)} cents left, and ${centsOf(amount)} were asked for`;
}

function repeated(reservation: Reservation, inputHash: string): Reserved {
  if (neverMade(reservation)) return { reservation, takenFor: 'release' };
  return { reservation, takenFor: reservation.inputHash === inputHash ? 'this' : 'another' };
}

function hashOf({ amount, scope: { gatewayId, agentId, workflowId, factoryId, teamId }, runId, stepResultId }: ReservationRequest): string {
  const asked = [centsOf(amount), gatewayId, agentId, workflowId, factoryId, teamId, runId, stepResultId].map((each) => each ?? null);
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}
