import { timeOfId } from '@forge/subgraph-kit';
import type { Budget } from './budgets.ts';
import { add, differing, type Difference, type Findings } from './findings.ts';
import type { KeptEvents } from './kept-events.ts';
import { textOf, unitsOf } from './money.ts';
import type { Reader } from './reader.ts';
import { replayLedger, type Entry } from './replay-ledger.ts';

interface Row {
  readonly orgId: string;
  readonly id: string;
  readonly budgetId: string;
  readonly sequence: number;
  readonly type: Entry['type'];
  readonly amountCents: string;
  readonly overrunCents: string;
  readonly spentAfterCents: string;
  readonly reservedAfterCents: string;
  readonly stepResultId: string | null;
  readonly tokenEventId: string | null;
  readonly reservationId: string | null;
  readonly occurredAt: Date;
  /** Of what was settled by hand: whether the calls of its attempt are entered besides, so that they say nothing about it. */
  readonly hasCalls: boolean;
}

const entries = `
  SELECT "orgId", "id", "budgetId", "sequence", "type"::text, "amountCents"::text, "overrunCents"::text, "spentAfterCents"::text, "reservedAfterCents"::text,
    "stepResultId", "tokenEventId", "reservationId", "occurredAt",
    "type" = 'DEBIT' AND "tokenEventId" IS NULL AND "reservationId" = "stepResultId" AND EXISTS (
      SELECT FROM "budgetTransactions" AS call WHERE call."orgId" = entry."orgId" AND call."stepResultId" = entry."stepResultId" AND call."tokenEventId" IS NOT NULL) AS "hasCalls"
  FROM "budgetTransactions" AS entry ORDER BY "orgId", "budgetId", "sequence"`;

/** Each budget is what its ledger comes to, entry by entry; and what a call was debited at is what it has cost. */
export async function* checkLedgers(budget: Reader, analytics: Reader, budgets: readonly Budget[], kept: KeptEvents, findings: Findings): AsyncGenerator<Difference> {
  const unseen = new Map(budgets.map((each) => [keyOf(each.orgId, each.id), each]));
  let [key, replay] = ['', replayLedger()];
  const end = function* (): Generator<Difference> {
    const of = unseen.get(key);
    if (of) yield* checkBudget(of, replay, findings);
    unseen.delete(key);
  };
  for await (const page of budget.pages<Row>(entries)) {
    const amounts = await rightAmounts(page, analytics, kept, findings);
    for (const row of page) {
      if (keyOf(row.orgId, row.budgetId) !== key) {
        yield* end();
        [key, replay] = [keyOf(row.orgId, row.budgetId), replayLedger()];
      }
      add(findings.checked, 'ledger entries');
      const entry = entryOf(row);
      const amount = amounts.get(row.id);
      if (amount === null) yield { what: 'ledger entry', id: row.id, field: 'tokenEventId', stored: row.tokenEventId ?? '', recomputed: 'no such token event' };
      else if (amount !== undefined) yield* differing('ledger entry', row.id, { amountCents: textOf(entry.amount + entry.overrun) }, { amountCents: textOf(amount) });
      const fault = replay.enter(entry, amount == null ? entry.amount : amount - entry.overrun);
      if (fault) yield { what: 'ledger entry', id: row.id, field: 'balance', ...fault };
    }
  }
  yield* end();
  for (const of of unseen.values()) yield* checkBudget(of, replayLedger(), findings);
}

function* checkBudget({ id, spentCents, reservedCents, overrunCents, entryCount }: Budget, replay: ReturnType<typeof replayLedger>, { checked }: Findings): Generator<Difference> {
  add(checked, 'budgets');
  const stored = { spent: unitsOf(spentCents), reserved: unitsOf(reservedCents), overrun: unitsOf(overrunCents) };
  yield* differing('budget', id, fieldsOf(stored, entryCount), fieldsOf(replay.end(stored), replay.entries()));
}

function fieldsOf({ spent, reserved, overrun }: { spent: bigint; reserved: bigint; overrun: bigint }, entryCount: number) {
  return { spentCents: textOf(spent), reservedCents: textOf(reserved), overrunCents: textOf(overrun), entryCount: String(entryCount) };
}

/** What each DEBIT of a page for a call, or for a whole attempt of the demo data, should be; null when its call is not there. */
async function rightAmounts(page: readonly Row[], analytics: Reader, kept: KeptEvents, { leftOut }: Findings): Promise<Map<string, bigint | null>> {
  const amounts = new Map<string, bigint | null>();
  for (const [orgId, rows] of Map.groupBy(page.filter(({ type }) => type === 'DEBIT'), (row) => row.orgId)) {
    const known = rows.filter((row) => {
      const about = row.tokenEventId ?? (isSettled(row) ? row.stepResultId : null);
      if (about === null) return false;
      const isGone = kept.mayBeGone(orgId, timeOfId(about));
      if (isGone) add(leftOut, 'debits');
      return !isGone;
    });
    const events = await kept.find(orgId, known.flatMap(({ tokenEventId }) => tokenEventId ?? []));
    const sums = await sumsOf(orgId, known.filter(isSettled), analytics);
    for (const { id, tokenEventId, stepResultId } of known) {
      const cost = tokenEventId === null ? (sums.get(stepResultId ?? '') ?? '0') : events.get(tokenEventId)?.costCents;
      amounts.set(id, cost === undefined ? null : unitsOf(cost));
    }
  }
  return amounts;
}

/** Whether it is what a whole attempt has cost, as the demo data books it. */
function isSettled({ type, tokenEventId, stepResultId, reservationId, hasCalls }: Row): boolean {
  return type === 'DEBIT' && tokenEventId === null && stepResultId !== null && reservationId === stepResultId && !hasCalls;
}

async function sumsOf(orgId: string, rows: readonly Row[], analytics: Reader): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const ids = rows.map(({ stepResultId }) => stepResultId ?? '');
  const from = Math.min(...ids.map((id) => timeOfId(id).getTime()));
  const to = Math.max(...rows.map(({ occurredAt }) => occurredAt.getTime()));
  const sums = await analytics.rows<{ id: string; cents: string }>(
    'SELECT "stepResultId" AS id, sum("costCents")::text AS cents FROM "tokenEvents" WHERE "orgId" = $1 AND "stepResultId" = ANY($2) AND "occurredAt" BETWEEN $3 AND $4 GROUP BY 1',
    [orgId, ids, new Date(from), new Date(to)]);
  return new Map(sums.map(({ id, cents }) => [id, cents]));
}

function entryOf({ sequence, type, amountCents, overrunCents, spentAfterCents, reservedAfterCents }: Row): Entry {
  return { sequence, type, amount: unitsOf(amountCents), overrun: unitsOf(overrunCents), spentAfter: unitsOf(spentAfterCents), reservedAfter: unitsOf(reservedAfterCents) };
}

function keyOf(orgId: string, budgetId: string): string {
  return `${orgId} ${budgetId}`;
}
