import { newId } from '@forge/subgraph-kit';
import type { BudgetTransactionType } from '../generated/graphql.ts';
import { periodStartAt } from '../budget/period.ts';
import { applied, postingOf, reachedThresholds, type Balance } from './ledger.rules.ts';
import type { LockedBudget } from './lock-budgets.ts';
import { centsOf } from './money.ts';

/** What an entry is about. */
export interface About {
  /** Unique in the budget: what is told twice is entered once. */
  readonly idempotencyKey: string;
  readonly runId?: string | null;
  readonly stepResultId?: string | null;
  readonly tokenEventId?: string | null;
  readonly reservationId?: string | null;
  readonly note?: string | null;
}

/** What is to be written, in the columns of its table. */
export interface BookRows {
  readonly budgets: readonly object[];
  readonly entries: readonly object[];
  readonly alerts: readonly ReachedThreshold[];
  /** Budgets whose period is over. */
  readonly resetIds: readonly string[];
}

/** A threshold that a debit has reached, whether or not it was reached before in the period. */
export interface ReachedThreshold {
  readonly id: string;
  readonly budgetId: string;
  readonly name: string;
  readonly thresholdPercent: number;
  readonly spentCents: string;
  readonly amountCents: string;
  readonly periodStart: Date;
  readonly runId: string | null;
}

/** Locked budgets with what is being entered in their ledgers; a budget whose period is over is reset before anything else is. */
export interface Book {
  /** The figures with all that is entered so far. */
  balanceOf(budgetId: string): Balance;
  /** Enters an amount in units of 10^-10 cents, and answers the entry's id. */
  post(budgetId: string, type: BudgetTransactionType, amount: bigint, about: About): string;
  rows(): BookRows;
}

interface Account {
  readonly budget: LockedBudget;
  balance: Balance;
  entries: number;
  periodStart: Date;
  lastResetAt: Date | null;
  readonly thresholds: Set<number>;
}

export function openBook(budgets: readonly LockedBudget[], now: Date): Book {
  const budgetById = new Map(budgets.map((budget) => [budget.id, budget]));
  const accounts = new Map<string, Account>();
  const entries: object[] = [];
  const alerts: ReachedThreshold[] = [];

  const enter = (account: Account, type: BudgetTransactionType, amount: bigint, { idempotencyKey, ...about }: About): string => {
    const posting = postingOf(type, amount, account.balance);
    account.balance = applied(posting, account.balance);
    const id = newId('BudgetTransaction');
    entries.push({
      id, budgetId: account.budget.id, sequence: ++account.entries, type, amountCents: centsOf(posting.amount), overrunCents: centsOf(posting.overrun),
      spentAfterCents: centsOf(account.balance.spent), reservedAfterCents: centsOf(account.balance.reserved), idempotencyKey, occurredAt: now, ...about,
    });
    return id;
  };

  const accountOf = (budgetId: string): Account => {
    const known = accounts.get(budgetId);
    if (known) return known;
    const budget = budgetById.get(budgetId);
    if (!budget) throw new Error(`budget ${budgetId} is not locked`);
    const { balance, entryCount, periodStart, lastResetAt } = budget;
    const account: Account = { budget, balance, entries: entryCount, periodStart, lastResetAt, thresholds: new Set() };
    accounts.set(budgetId, account);
    const start = periodStartAt(budget.period, now);
    // Never backwards: a replica whose clock is behind finds the period begun.
    if (start > periodStart) {
      enter(account, 'RESET', 0n, { idempotencyKey: `reset:${start.toISOString()}` });
      Object.assign(account, { periodStart: start, lastResetAt: now });
    }
    return account;
  };

  const noteThresholds = ({ budget, balance, periodStart, thresholds }: Account, runId: string | null): void => {
    for (const thresholdPercent of reachedThresholds(budget.alertThresholds, balance)) {
      if (thresholds.has(thresholdPercent)) continue;
      thresholds.add(thresholdPercent);
      const [spentCents, amountCents] = [centsOf(balance.spent + balance.overrun), centsOf(balance.amount)];
      alerts.push({ id: newId('BudgetAlert'), budgetId: budget.id, name: budget.name, thresholdPercent, spentCents, amountCents, periodStart, runId });
    }
  };

  return {
    balanceOf: (budgetId) => accountOf(budgetId).balance,
    post(budgetId, type, amount, about) {
      const account = accountOf(budgetId);
      const id = enter(account, type, amount, about);
      if (type === 'DEBIT' && account.budget.enabled) noteThresholds(account, about.runId ?? null);
      return id;
    },
    rows() {
      const changed = [...accounts.values()].filter(({ entries: count, budget }) => count > budget.entryCount);
      return {
        budgets: changed.map(budgetRow), entries, alerts,
        resetIds: changed.filter(({ periodStart, budget }) => periodStart > budget.periodStart).map(({ budget }) => budget.id),
      };
    },
  };
}

function budgetRow({ budget: { id }, balance: { spent, reserved, overrun }, entries: entryCount, periodStart, lastResetAt }: Account): object {
  return { id, spentCents: centsOf(spent), reservedCents: centsOf(reserved), overrunCents: centsOf(overrun), entryCount, periodStart, lastResetAt };
}
