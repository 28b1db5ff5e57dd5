import type { Budget } from './budgets.ts';
import { coverageOf, type Scope } from './coverage.ts';
import { add, type Difference, type Findings } from './findings.ts';
import { unitsOf, textOf } from './money.ts';
import type { Reader } from './reader.ts';

interface Event extends Scope {
  readonly id: string;
  readonly stepResultId: string | null;
  readonly costCents: string;
  readonly occurredAt: Date;
}

const events = `
  SELECT "orgId", "id", "stepResultId", "agentId", "workflowId", "gatewayId", "factoryId", "costCents"::text, "occurredAt", "createdAt"
  FROM "tokenEvents" ORDER BY "orgId", "occurredAt", "id"`;

export interface Domains {
  readonly analytics: Reader;
  readonly budget: Reader;
  readonly factories: Reader;
  readonly workflow: Reader;
}

/** Each call was debited once in each budget that applies to it, and attributed to its factory. */
export async function* checkEvents(domains: Domains, budgets: readonly Budget[], findings: Findings): AsyncGenerator<Difference> {
  const coverage = coverageOf(budgets);
  const factories = await readFactories(domains.factories);
  for await (const page of domains.analytics.pages<Event>(events)) {
    for (const [orgId, own] of Map.groupBy(page, (event) => event.orgId)) {
      add(findings.checked, 'token events', own.length);
      yield* checkDebits(domains, orgId, own, coverage, findings);
      yield* checkAttributions(domains, orgId, own.filter(({ factoryId, createdAt }) => (factories.get(`${orgId} ${factoryId ?? ''}`) ?? Infinity) <= createdAt.getTime()));
    }
  }
}

async function* checkDebits(domains: Domains, orgId: string, page: readonly Event[], coverage: (call: Scope) => readonly Budget[], { checked, leftOut }: Findings): AsyncGenerator<Difference> {
  const owed = page.flatMap((event) => coverage(event).map((budget) => ({ event, budget })));
  if (owed.length === 0) return;
  const rows = await domains.budget.rows<{ tokenEventId: string; budgetId: string; debits: number; cents: string }>(`
    SELECT "tokenEventId", "budgetId", count(*)::int AS debits, sum("amountCents" + "overrunCents")::text AS cents FROM "budgetTransactions"
    WHERE "orgId" = $1 AND "type" = 'DEBIT' AND "tokenEventId" = ANY($2) GROUP BY 1, 2`, [orgId, page.map(({ id }) => id)]);
  const debits = new Map(rows.map((row) => [`${row.tokenEventId} ${row.budgetId}`, row]));
  const missing = owed.filter(({ event, budget }) => !debits.has(`${event.id} ${budget.id}`));
  const elsewhere = await bookedAsSums(domains, orgId, missing);
  add(checked, 'debits of token events', owed.length - elsewhere.size);
  if (elsewhere.size > 0) add(leftOut, 'debits that demo data has in sums', elsewhere.size);
  for (const pair of missing) {
    const { event: { id, costCents }, budget } = pair;
    if (!elsewhere.has(pair)) yield { what: 'token event', id, field: `debit in ${budget.id}`, stored: 'none', recomputed: textOf(unitsOf(costCents)) };
  }
  for (const { tokenEventId, budgetId, debits: times, cents } of rows) {
    if (times > 1) yield { what: 'token event', id: tokenEventId, field: `debit in ${budgetId}`, stored: `${times} of ${textOf(unitsOf(cents))} together`, recomputed: 'one' };
  }
}

interface Owed {
  readonly event: Event;
  readonly budget: Budget;
}

/** Those that the demo data has booked with others: with all calls of their attempt, or with all attempts that began on their day. */
async function bookedAsSums({ budget, workflow }: Domains, orgId: string, missing: readonly Owed[]): Promise<Set<Owed>> {
  const stepResultIds = [...new Set(missing.flatMap(({ event }) => event.stepResultId ?? []))];
  if (stepResultIds.length === 0) return new Set();
  const settled = await budget.rows<{ key: string }>(`
    SELECT "stepResultId" || ' ' || "budgetId" AS key FROM "budgetTransactions"
    WHERE "orgId" = $1 AND "stepResultId" = ANY($2) AND "type" = 'DEBIT' AND "tokenEventId" IS NULL AND "reservationId" = "stepResultId"`, [orgId, stepResultIds]);
  const begun = missing.every(({ budget: { itemizedFrom } }) => itemizedFrom === null) ? [] : await workflow.rows<{ id: string; at: Date }>(`
    SELECT "id", coalesce("startedAt", "createdAt") AS at FROM "stepResults" WHERE "orgId" = $1 AND "id" = ANY($2)`, [orgId, stepResultIds]);
  const [settledKeys, startOf] = [new Set(settled.map(({ key }) => key)), new Map(begun.map(({ id, at }) => [id, at]))];
  return new Set(missing.filter(({ event: { stepResultId }, budget: { id, itemizedFrom } }) => {
    const start = startOf.get(stepResultId ?? '');
    return settledKeys.has(`${stepResultId ?? ''} ${id}`) || (itemizedFrom !== null && start !== undefined && start < itemizedFrom);
  }));
}

async function readFactories(reader: Reader): Promise<Map<string, number>> {
  const since = new Map<string, number>();
  for await (const page of reader.pages<{ orgId: string; id: string; createdAt: Date }>('SELECT "orgId", "id", "createdAt" FROM "factories"')) {
    for (const { orgId, id, createdAt } of page) since.set(`${orgId} ${id}`, createdAt.getTime());
  }
  return since;
}

async function* checkAttributions({ factories }: Domains, orgId: string, page: readonly Event[]): AsyncGenerator<Difference> {
  if (page.length === 0) return;
  const rows = await factories.rows<{ id: string }>('SELECT "tokenEventId" AS id FROM "factoryTokenEvents" WHERE "orgId" = $1 AND "tokenEventId" = ANY($2)', [orgId, page.map(({ id }) => id)]);
  const attributed = new Set(rows.map(({ id }) => id));
  for (const { id, factoryId, costCents } of page) {
    if (!attributed.has(id)) yield { what: 'token event', id, field: `attribution to ${factoryId ?? ''}`, stored: 'none', recomputed: textOf(unitsOf(costCents)) };
  }
}
