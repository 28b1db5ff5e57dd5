import type { EventData } from '@forge/events';
import type { Prisma } from '@forge/prisma-budget';
import { bookCalls } from '../ledger/book-calls.ts';

/** LLM calls have been priced: budgets count them, and an attempt that is over needs its reservation no more. */
export async function costsRecorded(
  tx: Prisma.TransactionClient, { orgId, data }: { orgId: string; data: EventData<'analytics.costs.recorded'> }, { now }: { now(): Date },
): Promise<void> {
  await bookCalls(tx, orgId, data.calls, data.endedStepResultId, now());
}
