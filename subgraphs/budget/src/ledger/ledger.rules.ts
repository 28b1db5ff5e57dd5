import type { BudgetTransactionType } from '../generated/graphql.ts';

/** What a budget's figures are. Amounts are in units of 10^-10 cents. */
export interface Balance {
  readonly amount: bigint;
  readonly spent: bigint;
  readonly reserved: bigint;
  /** What was spent besides, past the hard limit. */
  readonly overrun: bigint;
  readonly hardLimit: boolean;
}

/** What an entry of the ledger moves: `overrun` is the part of a DEBIT that the hard limit has no room for, `amount` the rest. */
export interface Posting {
  readonly type: BudgetTransactionType;
  readonly amount: bigint;
  readonly overrun: bigint;
}

/** What can still be reserved or debited by hand; below 0 when more was spent than the limit allows. */
export function left({ amount, spent, reserved, overrun }: Balance): bigint {
  return amount - spent - overrun - reserved;
}

/** Whether so much more may be reserved or debited by hand. */
export function fits(balance: Balance, amount: bigint): boolean {
  return !balance.hardLimit || amount <= left(balance);
}

/** How `amount` is entered: what was spent is entered wholly, whatever the limit; a RESET takes off all that there is. */
export function postingOf(type: BudgetTransactionType, amount: bigint, balance: Balance): Posting {
  if (type === 'RESET') return { type, amount: balance.spent, overrun: 0n };
  if (type !== 'DEBIT' || !balance.hardLimit) return { type, amount, overrun: 0n };
  const room = greater(0n, balance.amount - balance.spent - balance.reserved);
  const within = amount < room ? amount : room;
  return { type, amount: within, overrun: amount - within };
}

/** The figures with an entry. */
export function applied({ type, amount, overrun }: Posting, balance: Balance): Balance {
  switch (type) {
    case 'DEBIT': return { ...balance, spent: balance.spent + amount, overrun: balance.overrun + overrun };
    case 'CREDIT': return { ...balance, spent: balance.spent - amount };
    case 'RESERVE': return { ...balance, reserved: balance.reserved + amount };
    case 'RELEASE': return { ...balance, reserved: balance.reserved - amount };
    case 'RESET': return { ...balance, spent: 0n, overrun: 0n };
  }
}

/** Which thresholds, in percent of the amount, all that was spent has reached; none while that is nothing. */
export function reachedThresholds(thresholds: readonly number[], { amount, spent, overrun }: Balance): number[] {
  const total = spent + overrun;
  return total === 0n ? [] : thresholds.filter((percent) => total * 100n >= amount * BigInt(percent));
}

function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
