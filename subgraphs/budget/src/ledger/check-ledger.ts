import type { PrismaClient } from '@forge/prisma-budget';
import type { BudgetLedgerCheck } from '../generated/graphql.ts';
import { applied, type Balance } from './ledger.rules.ts';
import { centsOf, unitsOf } from './money.ts';

const atOnce = 5_000;

/**
 * Replays a budget's ledger: as many entries as it had when the budget was read. They are final and were written with its figures, so that nothing
 * need be locked while others go on booking.
 */
export async function checkLedger(prisma: Pick<PrismaClient, 'budget' | 'budgetTransaction'>, orgId: string, budgetId: string): Promise<BudgetLedgerCheck | null> {
  const budget = await prisma.budget.findUnique({ where: { orgId_id: { orgId, id: budgetId } } });
  if (!budget) return null;
  let balance: Balance = { amount: 0n, spent: 0n, reserved: 0n, overrun: 0n, hardLimit: false };
  let [entries, firstFault] = [0, null as string | null];
  while (entries < budget.entryCount) {
    const page = await prisma.budgetTransaction.findMany({ where: { orgId, budgetId, sequence: { gt: entries, lte: budget.entryCount } }, orderBy: { sequence: 'asc' }, take: atOnce });
    for (const entry of page) {
      const { sequence, type, amountCents, overrunCents, spentAfterCents, reservedAfterCents } = entry;
      balance = applied({ type: type, amount: unitsOf(amountCents.toFixed()), overrun: unitsOf(overrunCents.toFixed()) }, balance);
      firstFault ??= gapFault(sequence, entries + 1) ?? difference(`entry ${sequence}`, balance, { spent: spentAfterCents, reserved: reservedAfterCents });
      entries = sequence;
    }
    if (page.length === 0) {
      firstFault ??= `entries ${entries + 1} to ${budget.entryCount} are missing`;
      break;
    }
  }
  firstFault ??= difference('the budget', balance, { spent: budget.spentCents, reserved: budget.reservedCents, overrun: budget.overrunCents });
  const { spent, reserved, overrun } = balance;
  return { budgetId, entries, spentCents: centsOf(spent), reservedCents: centsOf(reserved), overrunCents: centsOf(overrun), matches: firstFault === null, firstFault };
}

function gapFault(sequence: number, expected: number): string | null {
  return sequence === expected ? null : `entry ${expected} is missing`;
}

type Said = Partial<Record<'spent' | 'reserved' | 'overrun', { toFixed(): string }>>;

function difference(who: string, balance: Balance, said: Said): string | null {
  for (const [figure, amount] of Object.entries(said) as [keyof Said, { toFixed(): string }][]) {
    const units = unitsOf(amount.toFixed());
    if (units !== balance[figure]) return `${who} says that ${centsOf(units)} cents are ${figure}, the ledger comes to ${centsOf(balance[figure])}`;
  }
  return null;
}
