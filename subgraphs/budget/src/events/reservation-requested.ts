import { publish, type EventData } from '@forge/events';
import type { Prisma } from '@forge/prisma-budget';
import { reserve } from '../budget-reservation/reserve.ts';
import { unitsOf } from '../ledger/money.ts';

/** A step waits for its money: it is told whether the budgets have it, in the transaction that sets it aside. */
export async function reservationRequested(
  tx: Prisma.TransactionClient, { orgId, data }: { orgId: string; data: EventData<'workflow.reservation.requested'> }, { now }: { now(): Date },
): Promise<void> {
  const { stepResultId, runId, amountCents, ...scope } = data;
  const { reservation: { status, reason } } = await reserve(tx, orgId, { id: stepResultId, amount: unitsOf(amountCents), scope, runId, stepResultId }, now());
  // Settled already: it was granted once, and what it was for is over.
  const granted = status === 'OPEN' || status === 'SETTLED';
  const why = granted ? null : (reason ?? 'the attempt was over before its reservation came');
  await publish(tx, orgId, { type: 'budget.reservation.answered', subject: runId, data: { stepResultId, runId, granted, reason: why } });
}
