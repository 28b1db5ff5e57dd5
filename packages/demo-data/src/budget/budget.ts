import { alertsOf } from './alerts.ts';
import { chargesOf } from './charges.ts';
import { makeEnvelopes, type Envelope } from './envelopes.ts';
import { amountFor, keepLedger, type Ledger } from './ledger.ts';
import { reservationsOf } from './reservations.ts';
import { cents } from '../money.ts';
import { after, minute, type Row, type Tables } from '../rows.ts';
import type { Story } from '../story.ts';

/** The budget domain: twenty envelopes, who draws from whom, a ledger that adds up to each, and what was reached on the way. */
export function makeBudget(story: Story): Tables {
  const charges = chargesOf(story);
  const books = makeEnvelopes(story).map((envelope) => {
    const ledger = keepLedger(story.cast, envelope, charges);
    return { envelope, ledger, amount: amountFor(envelope, ledger) };
  });
  return {
    budgets: books.map(({ envelope, ledger, amount }) => budgetRow(story, envelope, ledger, amount)),
    budgetHierarchy: linkRows(story, books.map(({ envelope }) => envelope)),
    budgetTransactions: books.flatMap(({ ledger }) => ledger.rows),
    budgetReservations: reservationsOf(story, books.flatMap(({ ledger }) => ledger.rows)),
    budgetAlerts: books.flatMap(({ envelope, ledger, amount }) => alertsOf(story.cast, envelope, ledger, amount)),
  };
}

function budgetRow({ cast: { orgId } }: Story, envelope: Envelope, ledger: Ledger, amount: bigint): Row {
  const { id, createdAt, name, scopeType, scopeId, period, alertThresholds, hardLimit, enabled, ownerId } = envelope;
  return {
    id, orgId, createdAt, updatedAt: ledger.changedAt, name, scopeType, scopeId, period, amountCents: cents(amount), spentCents: cents(ledger.spent),
    reservedCents: cents(ledger.reserved), overrunCents: cents(0n), entryCount: ledger.rows.length, periodStart: ledger.periodStart, lastResetAt: ledger.lastResetAt, alertThresholds, hardLimit, enabled, ownerId,
  };
}

function linkRows({ cast: { orgId, makeId, founded } }: Story, envelopes: readonly Envelope[]): Row[] {
  const at = after(founded, 30 * minute);
  return envelopes.flatMap(({ id: childId, parents }) => parents.map((parent): Row => ({
    id: makeId('BudgetLink', at), orgId, createdAt: at, parentId: envelopes[parent]?.id, childId,
  })));
}
