import { textOf } from './money.ts';

/** An entry of a ledger; amounts are in units of 10^-10 cents. */
export interface Entry {
  readonly sequence: number;
  readonly type: 'DEBIT' | 'CREDIT' | 'RESERVE' | 'RELEASE' | 'RESET';
  readonly amount: bigint;
  readonly overrun: bigint;
  readonly spentAfter: bigint;
  readonly reservedAfter: bigint;
}

export interface Balance {
  readonly spent: bigint;
  readonly reserved: bigint;
  /** What was spent past a hard limit since the last RESET. */
  readonly overrun: bigint;
}

/** A fault of one entry: what it says and what it should. */
export interface EntryFault {
  readonly stored: string;
  readonly recomputed: string;
}

export interface Replay {
  /** Takes the next entry, and says what is wrong with it; nothing if all is right with `amount` in place of its own, which has been told of. */
  enter(entry: Entry, amount?: bigint): EntryFault | undefined;
  /** What the ledger comes to; `stored` where that is what it comes to with an entry that was told of. */
  end(stored: Balance): Balance;
  entries(): number;
}

/**
 * Works a ledger out from its first entry on. An entry that does not fit is told of once: whether it was its amount that was wrong or
 * the balance it gives is seen by the next one, and the rest is held against what fits.
 */
export function replayLedger(): Replay {
  let [balance, other] = [nothing, undefined as Balance | undefined];
  let last = 0;

  return {
    enter(entry, amount = entry.amount) {
      const expected = last + 1;
      last = entry.sequence;
      const worked = applied(entry, balance);
      if (entry.sequence !== expected) {
        [balance, other] = [asStored(entry, worked), undefined];
        return { stored: `entry ${entry.sequence}`, recomputed: `entry ${expected}` };
      }
      if (fits(entry, worked)) {
        [balance, other] = [worked, undefined];
        return undefined;
      }
      const otherwise = [applied({ ...entry, amount }, balance), ...(other ? [applied(entry, other)] : [])].find((each) => fits(entry, each));
      if (otherwise) {
        [balance, other] = [otherwise, undefined];
        return undefined;
      }
      [balance, other] = [worked, asStored(entry, worked)];
      return { stored: told(other), recomputed: told(worked) };
    },
    end: (stored) => (other && isSame(other, stored) ? stored : balance),
    entries: () => last,
  };
}

const nothing: Balance = { spent: 0n, reserved: 0n, overrun: 0n };

function applied({ type, amount, overrun }: Entry, balance: Balance): Balance {
  switch (type) {
    case 'DEBIT': return { ...balance, spent: balance.spent + amount, overrun: balance.overrun + overrun };
    case 'CREDIT': return { ...balance, spent: balance.spent - amount };
    case 'RESERVE': return { ...balance, reserved: balance.reserved + amount };
    case 'RELEASE': return { ...balance, reserved: balance.reserved - amount };
    case 'RESET': return { ...balance, spent: balance.spent - amount, overrun: 0n };
  }
}

/** A RESET leaves nothing spent. */
function fits({ type, spentAfter, reservedAfter }: Entry, { spent, reserved }: Balance): boolean {
  return spent === spentAfter && reserved === reservedAfter && (type !== 'RESET' || spent === 0n);
}

function asStored({ spentAfter: spent, reservedAfter: reserved }: Entry, { overrun }: Balance): Balance {
  return { spent, reserved, overrun };
}

function isSame(a: Balance, b: Balance): boolean {
  return a.spent === b.spent && a.reserved === b.reserved && a.overrun === b.overrun;
}

function told({ spent, reserved }: Balance): string {
  return `${textOf(spent)} spent, ${textOf(reserved)} reserved`;
}
