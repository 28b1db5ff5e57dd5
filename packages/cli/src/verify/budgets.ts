import type { Reader } from './reader.ts';

export interface Budget {
  readonly orgId: string;
  readonly id: string;
  readonly scopeType: string;
  readonly scopeId: string | null;
  readonly spentCents: string;
  readonly reservedCents: string;
  readonly overrunCents: string;
  readonly entryCount: number;
  readonly enabled: boolean;
  readonly createdAt: Date;
  /** The budgets it draws from, and since when. */
  readonly parents: readonly { readonly id: string; readonly since: Date }[];
  /** The calls of attempts that began before this moment were brought forward as sums; null where none were. */
  readonly itemizedFrom: Date | null;
}

type Row = Omit<Budget, 'parents'> & { readonly parents: readonly { readonly id: string; readonly since: string }[] };

/** Demo data books what was before its last two weeks as a sum a day, `day:2026-11-08`. */
const budgets = `
  SELECT "orgId", "id", "scopeType"::text, "scopeId", "spentCents"::text, "reservedCents"::text, "overrunCents"::text, "entryCount", "enabled", "createdAt",
    coalesce((SELECT json_agg(json_build_object('id', "parentId", 'since', "createdAt")) FROM "budgetHierarchy" AS link WHERE link."orgId" = budget."orgId" AND "childId" = budget."id"), '[]') AS parents,
    (SELECT (max(substr("idempotencyKey", 5)::date) + 1)::timestamp AT TIME ZONE 'UTC' FROM "budgetTransactions" AS entry
      WHERE entry."orgId" = budget."orgId" AND "budgetId" = budget."id" AND "idempotencyKey" ~ '^day:\\d{4}-\\d{2}-\\d{2}$') AS "itemizedFrom"
  FROM "budgets" AS budget ORDER BY "orgId", "id"`;

/** All budgets of all organisations: there are few, next to what is booked on them. */
export async function readBudgets(reader: Reader): Promise<Budget[]> {
  const found: Budget[] = [];
  for await (const page of reader.pages<Row>(budgets)) found.push(...page.map(({ parents, ...row }) => ({ ...row, parents: parents.map(({ id, since }) => ({ id, since: new Date(since) })) })));
  return found;
}
