import { cents, unitsOf } from '../money.ts';
import { after, minute, type Row } from '../rows.ts';
import type { Story } from '../story.ts';

/** The reservations that the ledgers tell of, with some that came to nothing: refused at first, or cancelled before they were asked for. */
export function reservationsOf({ cast: { orgId }, stepResults }: Story, entries: readonly Row[]): Row[] {
  const reservations = [...Map.groupBy(entries.filter(({ reservationId }) => reservationId !== null), ({ reservationId }) => reservationId as string)];
  const cancelled = stepResults.filter(({ status }) => status === 'CANCELLED');
  return [
    ...reservations.map(([id, own]) => reservationRow(orgId, id, own)),
    ...reservations.filter((_, i) => i % 80 === 0).map(([id, own]) => refusedRow(orgId, id, own)),
    ...cancelled.map(({ id, runId, createdAt }) => emptyRow({ id: id as string, orgId, runId, stepResultId: id, status: 'RELEASED', createdAt: createdAt as Date })),
  ];
}

/** Open in the budgets that have not released it yet. */
function reservationRow(orgId: string, id: string, own: readonly Row[]): Row {
  const released = new Set(own.filter(({ type }) => type === 'RELEASE').map(({ budgetId }) => budgetId));
  const reserved = own.filter(({ type }) => type === 'RESERVE');
  const open = reserved.filter(({ budgetId }) => !released.has(budgetId));
  const { amountCents, runId, stepResultId, occurredAt: createdAt } = reserved[0] as Row;
  const last = own.reduce((latest, { occurredAt }) => ((occurredAt as Date) > latest ? (occurredAt as Date) : latest), createdAt as Date);
  return {
    id, orgId, runId, stepResultId, amountCents, remainingCents: open.length ? amountCents : cents(0n), status: open.length ? 'OPEN' : 'SETTLED',
    budgetIds: (open.length ? open : reserved).map(({ budgetId }) => budgetId).sort(), reason: null, createdAt, updatedAt: last,
  };
}

function refusedRow(orgId: string, id: string, [first]: readonly Row[]): Row {
  const { amountCents, runId, stepResultId, occurredAt } = first as Row;
  const reason = `the budget "All LLM costs, daily" has 0 cents left, and ${trimmed(amountCents as string)} were asked for`;
  return { ...emptyRow({ id: `${id}-0`, orgId, runId, stepResultId, status: 'REFUSED', createdAt: after(occurredAt as Date, -20 * minute) }), amountCents, reason };
}

type Empty = Readonly<{ id: string; orgId: string; runId: unknown; stepResultId: unknown; status: 'RELEASED' | 'REFUSED'; createdAt: Date }>;

function emptyRow({ createdAt, status, ...whose }: Empty): Row {
  return { ...whose, amountCents: cents(0n), remainingCents: cents(0n), status, budgetIds: [], reason: null, createdAt, updatedAt: createdAt };
}

function trimmed(amount: string): string {
  return unitsOf(amount) % 10n ** 10n === 0n ? amount.replace(/\..*/, '') : amount;
}
