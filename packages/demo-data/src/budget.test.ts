import { makeBudget } from './budget/budget.ts';
import { organisations } from './cast.ts';
import { unitsOf } from './money.ts';
import type { Row, Tables } from './rows.ts';
import { tellStory, type Story } from './story.ts';

const now = new Date('2026-11-23T10:00:00.000Z');

let story: Story;
let tables: Tables;
beforeAll(() => {
  story = tellStory(now, organisations[0], 300);
  tables = makeBudget(story);
});

const rowsOf = (table: string): readonly Row[] => tables[table] ?? [];
const ledgerOf = (budgetId: unknown) => rowsOf('budgetTransactions').filter((entry) => entry['budgetId'] === budgetId);
const units = (row: Row, column: string) => unitsOf(row[column] as string);

test('replaying a ledger gives every balance on the way, and what the budget has spent and reserved', () => {
  const signs: Record<string, readonly [bigint, bigint]> = { DEBIT: [1n, 0n], CREDIT: [-1n, 0n], RESET: [-1n, 0n], RESERVE: [0n, 1n], RELEASE: [0n, -1n] };
  for (const budget of rowsOf('budgets')) {
    let [spent, reserved, time] = [0n, 0n, 0];
    for (const entry of ledgerOf(budget['id'])) {
      const [toSpent, toReserved] = signs[entry['type'] as string] ?? [0n, 0n];
      spent += toSpent * units(entry, 'amountCents');
      reserved += toReserved * units(entry, 'amountCents');
      const at = (entry['occurredAt'] as Date).getTime();
      expect([units(entry, 'spentAfterCents'), units(entry, 'reservedAfterCents'), at > time]).toEqual([spent, reserved, true]);
      if (budget['hardLimit']) expect(spent + reserved).toBeLessThanOrEqual(units(budget, 'amountCents'));
      time = at;
    }
    expect([units(budget, 'spentCents'), units(budget, 'reservedCents')]).toEqual([spent, reserved]);
  }
});

test('the entries of a ledger are numbered without gaps, and its budget knows how many there are', () => {
  for (const budget of rowsOf('budgets')) {
    const sequences = ledgerOf(budget['id']).map(({ sequence }) => sequence);
    expect([budget['entryCount'], sequences]).toEqual([sequences.length, sequences.map((_, i) => i + 1)]);
  }
});

test('what is left of the open reservations is what the budgets have reserved', () => {
  const open = rowsOf('budgetReservations').filter(({ status }) => status === 'OPEN');
  expect(open.length).toBeGreaterThan(1);
  for (const budget of rowsOf('budgets')) {
    const own = open.filter(({ budgetIds }) => (budgetIds as string[]).includes(budget['id'] as string));
    expect(units(budget, 'reservedCents')).toBe(own.reduce((total, reservation) => total + units(reservation, 'remainingCents'), 0n));
  }
});

test('the monthly budget for everything has spent what the calls of settled steps of this month cost, less refunds', () => {
  const [budget] = rowsOf('budgets') as [Row];
  const settled = new Set(story.stepResults.filter(({ completedAt }) => completedAt !== null && (completedAt as Date) < now).map(({ id }) => id));
  const calls = story.calls.filter(({ stepResultId, occurredAt }) => settled.has(stepResultId) && occurredAt >= new Date('2026-11-01T00:00Z'));
  const refunds = ledgerOf(budget['id']).filter(({ type, occurredAt }) => type === 'CREDIT' && (occurredAt as Date) >= new Date('2026-11-01T00:00Z'));
  const sum = (amounts: bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
  expect(units(budget, 'spentCents')).toBe(sum(calls.map(({ costCents }) => unitsOf(costCents))) - sum(refunds.map((entry) => units(entry, 'amountCents'))));
});

test('the resets are those of the calendar: every day, every Sunday, every 1st', () => {
  const resets = (period: string) => {
    const budget = rowsOf('budgets').find((row) => row['period'] === period && row['enabled']);
    return ledgerOf(budget?.['id']).filter(({ type }) => type === 'RESET').map(({ occurredAt }) => occurredAt as Date);
  };
  expect(resets('MONTHLY').map((at) => at.toISOString().slice(0, 10))).toEqual(['2026-08-01', '2026-09-01', '2026-10-01', '2026-11-01']);
  expect(new Set(resets('WEEKLY').map((at) => at.getUTCDay()))).toEqual(new Set([0]));
  expect(resets('DAILY')).toHaveLength(120);
});
