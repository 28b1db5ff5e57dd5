import type { PrismaClient } from '@forge/prisma-budget';
import { periodStartAt } from '../budget/period.ts';
import { openBook } from '../ledger/book.ts';
import { lockBooks, lockBudgets } from '../ledger/lock-budgets.ts';
import { writeBook } from '../ledger/write-book.ts';

const atOnce = 500;

/**
 * Resets the budgets whose period is over, once each, however long ago that was, and answers how many. A booking does the same
 * for its own budgets; this is for those that nobody books on. Many replicas may run it: who comes second finds nothing to reset.
 */
export async function resetBudgets(prisma: PrismaClient, now: Date): Promise<{ reset: number }> {
  let reset = 0;
  for (;;) {
    const over = await nextOver(prisma, now);
    if (over.length === 0) return { reset };
    for (const [orgId, budgets] of Map.groupBy(over, (budget) => budget.orgId)) reset += await resetOf(prisma, orgId, budgets.map(({ id }) => id), now);
  }
}

function resetOf(prisma: PrismaClient, orgId: string, ids: readonly string[], now: Date): Promise<number> {
  return prisma.$transaction(async (tx) => {
    await lockBooks(tx, orgId);
    const budgets = await lockBudgets(tx, orgId, ids);
    const book = openBook(budgets, now);
    for (const { id, enabled } of budgets) if (enabled) book.balanceOf(id);
    await writeBook(tx, orgId, book);
    return book.rows().resetIds.length;
  });
}

/** Some enabled budgets whose period is over, whoever's they are. */
function nextOver(prisma: PrismaClient, now: Date): Promise<{ orgId: string; id: string }[]> {
  const [day, week, month] = [periodStartAt('DAILY', now), periodStartAt('WEEKLY', now), periodStartAt('MONTHLY', now)];
  return prisma.$queryRaw`
    SELECT "orgId", "id" FROM "budgets"
    WHERE "enabled" AND "periodStart" < CASE "period" WHEN 'DAILY' THEN ${day}::timestamptz WHEN 'WEEKLY' THEN ${week}::timestamptz ELSE ${month}::timestamptz END
    ORDER BY "orgId", "id" LIMIT ${atOnce}`;
}
