import { Prisma } from '@forge/prisma-budget';
import type { BudgetPeriod, BudgetScopeType } from '../generated/graphql.ts';
import type { Balance } from './ledger.rules.ts';
import { unitsOf } from './money.ts';

/** A budget as it stands until the end of the transaction: nobody else books on it meanwhile. */
export interface LockedBudget {
  readonly id: string;
  readonly name: string;
  readonly scopeType: BudgetScopeType;
  readonly scopeId: string | null;
  readonly period: BudgetPeriod;
  readonly periodStart: Date;
  readonly lastResetAt: Date | null;
  readonly alertThresholds: readonly number[];
  readonly enabled: boolean;
  /** The sequence of the last entry of its ledger. */
  readonly entryCount: number;
  /** The budgets it draws from directly. */
  readonly parentIds: readonly string[];
  readonly balance: Balance;
}

type Read = Omit<LockedBudget, 'balance'> & { hardLimit: boolean } & Record<'amount' | 'spent' | 'reserved' | 'overrun', string>;

/**
 * Has the bookings of an organisation come one after the other, until the transaction ends: the first thing a booking does. Most
 * share a budget anyway, and a transaction that books for many events could not keep to one order of locks without it.
 */
export async function lockBooks(tx: Prisma.TransactionClient, orgId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`budgets of ${orgId}`}, 0))::text`;
}

// In the order of the ids, for whoever changes budgets without booking. NO KEY: a link or an entry that refers to a budget need not wait for those who book on it.
const locked = (orgId: string, ids: Prisma.Sql) => Prisma.sql`
  SELECT budget."id", "name", "scopeType"::text, "scopeId", "period"::text, "periodStart", "lastResetAt", "alertThresholds", "hardLimit", "enabled", "entryCount",
    "amountCents"::text AS amount, "spentCents"::text AS spent, "reservedCents"::text AS reserved, "overrunCents"::text AS overrun,
    ARRAY(SELECT "parentId" FROM "budgetHierarchy" AS link WHERE link."orgId" = budget."orgId" AND link."childId" = budget."id") AS "parentIds"
  FROM "budgets" AS budget WHERE budget."orgId" = ${orgId} AND budget."id" = ANY(${ids}) ORDER BY budget."id" FOR NO KEY UPDATE OF budget`;

/** Locks these budgets; those that are not there, or not the organisation's, are left out. */
export async function lockBudgets(tx: Prisma.TransactionClient, orgId: string, ids: readonly string[]): Promise<LockedBudget[]> {
  if (ids.length === 0) return [];
  return (await tx.$queryRaw<Read[]>(locked(orgId, Prisma.sql`${ids}::text[]`))).map(lockedBudget);
}

/** Locks the budgets for everything, those whose scope is one of `scopeIds`, those named, and all their ancestors, disabled ones too. */
export async function lockApplying(tx: Prisma.TransactionClient, orgId: string, scopeIds: readonly string[], ids: readonly string[] = []): Promise<LockedBudget[]> {
  const rows = await tx.$queryRaw<Read[]>`
    WITH RECURSIVE applying AS (
      SELECT "id" FROM "budgets" WHERE "orgId" = ${orgId} AND ("scopeType" = 'GLOBAL' OR "scopeId" = ANY(${scopeIds}::text[]) OR "id" = ANY(${ids}::text[]))
      UNION
      SELECT link."parentId" FROM "budgetHierarchy" AS link JOIN applying ON link."childId" = applying."id" WHERE link."orgId" = ${orgId}
    ) ${locked(orgId, Prisma.sql`ARRAY(SELECT "id" FROM applying)`)}`;
  return rows.map(lockedBudget);
}

function lockedBudget({ amount, spent, reserved, overrun, hardLimit, ...budget }: Read): LockedBudget {
  return { ...budget, balance: { amount: unitsOf(amount), spent: unitsOf(spent), reserved: unitsOf(reserved), overrun: unitsOf(overrun), hardLimit } };
}
