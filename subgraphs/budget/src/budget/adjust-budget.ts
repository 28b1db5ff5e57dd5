import type { Prisma } from '@forge/prisma-budget';
import { answer, checkInput, fault, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { BudgetContext } from '../context.ts';
import type { AdjustBudgetInput } from '../generated/graphql.ts';
import { budgetTransaction } from '../budget-transaction/budget-transaction.entity.ts';
import { openBook } from '../ledger/book.ts';
import { fits, left } from '../ledger/ledger.rules.ts';
import { lockBooks, lockBudgets } from '../ledger/lock-budgets.ts';
import { centsOf, unitsOf } from '../ledger/money.ts';
import { writeBook } from '../ledger/write-book.ts';
import { budget } from './budget.entity.ts';
import { adjustBudgetRules } from './budget.rules.ts';

const entered = fault('CONFLICT', 'idempotencyKey', 'idempotencyKey: was used before in this ledger; take a new key for a new correction');

export function adjustBudget(input: AdjustBudgetInput, context: BudgetContext) {
  return answer(async () => {
    const { idempotencyKey: key, amountCents, ...data } = checkInput(adjustBudgetRules, input);
    const { orgId } = context.principal;
    const adjustment = { ...data, amount: unitsOf(amountCents), key: key ?? newId('BudgetTransaction') };
    const id = await context.prisma.$transaction((tx) => onceOnly(tx, { orgId, operation: 'adjustBudget', key, input }, () => adjust(tx, orgId, adjustment, context.now())));
    return { budget: await reload(context, budget, data.budgetId), transaction: await reload(context, budgetTransaction, id) };
  }, { budgetTransactions_orgId_budgetId_idempotencyKey_key: entered });
}

interface Adjustment {
  budgetId: string;
  type: 'DEBIT' | 'CREDIT';
  amount: bigint;
  note: string;
  key: string;
}

async function adjust(tx: Prisma.TransactionClient, orgId: string, { budgetId, type, amount, note, key }: Adjustment, now: Date): Promise<string> {
  await lockBooks(tx, orgId);
  const budgets = await lockBudgets(tx, orgId, [budgetId]);
  if (budgets.length === 0) throw fault('NOT_FOUND', 'budgetId', 'budgetId: leads to no Budget');
  const book = openBook(budgets, now);
  const balance = book.balanceOf(budgetId);
  if (type === 'DEBIT' && !fits(balance, amount)) {
    const rest = left(balance);
    throw fault('BUDGET_EXCEEDED', 'amountCents', `amountCents: the budget has ${centsOf(rest > 0n ? rest : 0n)} cents left; raise its amount first, or debit no more than that`);
  }
  if (type === 'CREDIT' && amount > balance.spent) throw fault('CONFLICT', 'amountCents', `amountCents: the budget has spent ${centsOf(balance.spent)} cents; credit no more than that`);
  const id = book.post(budgetId, type, amount, { idempotencyKey: `adjust:${key}`, note });
  await writeBook(tx, orgId, book);
  return id;
}
