import { Prisma } from '@forge/prisma-budget';
import type { BudgetReservationStatus } from '../generated/graphql.ts';
import { centsOf, unitsOf } from '../ledger/money.ts';

/** A reservation; amounts are in units of 10^-10 cents. */
export interface Reservation {
  readonly id: string;
  readonly runId: string | null;
  readonly stepResultId: string | null;
  readonly amount: bigint;
  /** What of it is still reserved, in each of its budgets. */
  readonly remaining: bigint;
  /** What it was settled at by hand. */
  readonly settled: bigint | null;
  readonly status: BudgetReservationStatus;
  readonly budgetIds: readonly string[];
  readonly reason: string | null;
  /** Of what was asked; null when it was released before it was asked for. */
  readonly inputHash: string | null;
  readonly createdAt: Date;
}

type Read = Omit<Reservation, 'amount' | 'remaining' | 'settled'> & { amount: string; remaining: string; settled: string | null };

/** A reservation to be: its row is written before it is known whether the budgets allow it. */
export type NewReservation = Pick<Reservation, 'id' | 'runId' | 'stepResultId' | 'amount' | 'inputHash'>;

const columns = Prisma.sql`"id", "runId", "stepResultId", "amountCents"::text AS amount, "remainingCents"::text AS remaining, "settledCents"::text AS settled, "status"::text,
  "budgetIds", "reason", "inputHash", "createdAt"`;

/** Takes the id; undefined when it is taken already. Who comes while another takes it waits to see what becomes of that. */
export async function claimReservation(tx: Prisma.TransactionClient, orgId: string, { id, runId, stepResultId, amount, inputHash }: NewReservation, now: Date): Promise<Reservation | undefined> {
  const cents = centsOf(amount);
  const [row] = await tx.$queryRaw<Read[]>`
    INSERT INTO "budgetReservations" ("orgId", "id", "runId", "stepResultId", "amountCents", "remainingCents", "budgetIds", "inputHash", "createdAt", "updatedAt")
    VALUES (${orgId}, ${id}, ${runId}, ${stepResultId}, ${cents}::numeric, ${cents}::numeric, '{}', ${inputHash}, ${now}, ${now})
    ON CONFLICT ("orgId", "id") DO NOTHING RETURNING ${columns}`;
  return row && reservationOf(row);
}

/** Marks an id as over, unless it is taken: a reservation that comes under it later takes nothing. */
export async function markOver(tx: Prisma.TransactionClient, orgId: string, id: string, stepResultId: string | null, now: Date): Promise<void> {
  await tx.$queryRaw`
    INSERT INTO "budgetReservations" ("orgId", "id", "stepResultId", "amountCents", "remainingCents", "status", "budgetIds", "createdAt", "updatedAt")
    SELECT ${orgId}, ${id}, ${stepResultId}, 0, 0, 'RELEASED', '{}', ${now}, ${now}
    WHERE NOT EXISTS (SELECT FROM "budgetReservations" WHERE "orgId" = ${orgId} AND "stepResultId" = ${stepResultId})
    ON CONFLICT ("orgId", "id") DO NOTHING RETURNING 1 AS done`;
}

/** Whether it was marked as over before anybody asked for it. */
export function neverMade({ status, amount, inputHash }: Reservation): boolean {
  return status === 'RELEASED' && amount === 0n && inputHash === null;
}

export async function lockReservation(tx: Prisma.TransactionClient, orgId: string, id: string): Promise<Reservation> {
  const [row] = await tx.$queryRaw<Read[]>`SELECT ${columns} FROM "budgetReservations" WHERE "orgId" = ${orgId} AND "id" = ${id} FOR UPDATE`;
  if (!row) throw new Error(`reservation ${id} is not there`);
  return reservationOf(row);
}

/** The reservations made for these attempts, in the order of their ids, which is also the order of the locks. */
export async function lockReservationsFor(tx: Prisma.TransactionClient, orgId: string, stepResultIds: readonly string[]): Promise<Reservation[]> {
  if (stepResultIds.length === 0) return [];
  const rows = await tx.$queryRaw<Read[]>`
    SELECT ${columns} FROM "budgetReservations" WHERE "orgId" = ${orgId} AND "stepResultId" = ANY(${stepResultIds}::text[]) ORDER BY "id" FOR UPDATE`;
  return rows.map(reservationOf);
}

function reservationOf({ amount, remaining, settled, ...row }: Read): Reservation {
  return { ...row, amount: unitsOf(amount), remaining: unitsOf(remaining), settled: settled === null ? null : unitsOf(settled) };
}
