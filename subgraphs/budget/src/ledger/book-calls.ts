import type { EventData } from '@forge/events';
import type { Prisma } from '@forge/prisma-budget';
import { free, freeRest } from '../budget-reservation/close.ts';
import { lockReservationsFor, markOver, type Reservation } from '../budget-reservation/reservations.ts';
import { openBook } from './book.ts';
import { coverageOf, scopeIdsOf } from './coverage.ts';
import { lockApplying, lockBooks } from './lock-budgets.ts';
import { unitsOf } from './money.ts';
import { writeBook } from './write-book.ts';

/** An LLM call with what it is counted under and what it cost. */
export type Call = EventData<'analytics.costs.recorded'>['calls'][number];

/**
 * Enters what LLM calls cost in every budget that applies to them, each call once: taken out of what its attempt has reserved
 * as far as that goes. When `endedStepResultId` is given, what is left of that attempt's reservation is freed. The same number
 * of statements for one call as for a thousand. Reservations count for their own budgets too: one for a team says so, a call cannot.
 */
export async function bookCalls(tx: Prisma.TransactionClient, orgId: string, calls: readonly Call[], endedStepResultId: string | null, now: Date): Promise<void> {
  await lockBooks(tx, orgId);
  if (endedStepResultId !== null) await markOver(tx, orgId, endedStepResultId, endedStepResultId, now);
  const attempts = new Set([...calls.map(({ stepResultId }) => stepResultId), endedStepResultId].filter((id) => id !== null));
  const reservations = new Map((await lockReservationsFor(tx, orgId, [...attempts])).map((reservation) => [reservation.id, reservation]));
  const before = new Map(reservations);
  const idsByAttempt = Map.groupBy(reservations.keys(), (id) => reservations.get(id)?.stepResultId);
  const reservationsOf = (stepResultId: string | null) => (idsByAttempt.get(stepResultId) ?? []).map((id) => reservations.get(id) as Reservation);

  const reservedIn = [...reservations.values()].flatMap(({ budgetIds }) => budgetIds);
  const budgets = await lockApplying(tx, orgId, [...new Set(calls.flatMap(scopeIdsOf))], [...new Set(reservedIn)]);
  const coverage = coverageOf(budgets);
  const book = openBook(budgets, now);
  const booked = await alreadyBooked(tx, orgId, calls);

  for (const call of calls) {
    const { tokenEventId, runId, stepResultId } = call;
    if (booked.has(tokenEventId)) continue;
    booked.add(tokenEventId);
    const [cost, own] = [unitsOf(call.costCents), stepResultId === null ? [] : reservationsOf(stepResultId)];
    let uncovered = cost;
    // One that no budget holds is used up by nothing: no entry would tell that it was.
    for (const reservation of own.filter(({ budgetIds }) => budgetIds.length > 0)) {
      const taken = uncovered < reservation.remaining ? uncovered : reservation.remaining;
      reservations.set(reservation.id, free(book, reservation, taken, `release:${reservation.id}:${tokenEventId}`, tokenEventId));
      uncovered -= taken;
    }
    for (const budget of coverage(call, own.flatMap(({ budgetIds }) => budgetIds))) {
      book.post(budget.id, 'DEBIT', cost, { idempotencyKey: `token:${tokenEventId}`, tokenEventId, runId, stepResultId });
    }
  }
  for (const reservation of endedStepResultId === null ? [] : reservationsOf(endedStepResultId)) {
    if (reservation.status === 'OPEN') reservations.set(reservation.id, { ...freeRest(book, reservation), remaining: 0n, status: 'SETTLED' });
  }
  await writeBook(tx, orgId, book, [...reservations.values()].filter((reservation) => reservation !== before.get(reservation.id)));
}

/** The calls that have an entry in any budget: told of again they are entered nowhere, not even in budgets that are new since. */
async function alreadyBooked(tx: Prisma.TransactionClient, orgId: string, calls: readonly Call[]): Promise<Set<string>> {
  if (calls.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ tokenEventId: string }[]>`
    SELECT DISTINCT "tokenEventId" FROM "budgetTransactions" WHERE "orgId" = ${orgId} AND "tokenEventId" = ANY(${calls.map(({ tokenEventId }) => tokenEventId)}::text[])`;
  return new Set(rows.map(({ tokenEventId }) => tokenEventId));
}
