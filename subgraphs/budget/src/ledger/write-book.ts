import { publish } from '@forge/events';
import type { Prisma } from '@forge/prisma-budget';
import type { Reservation } from '../budget-reservation/reservations.ts';
import { centsOf } from './money.ts';
import type { Book, ReachedThreshold } from './book.ts';

/**
 * Writes what is entered in `book`, and `reservations` as they are now: one statement, whatever their number. The alerts that
 * are new in their period are told to operators. It comes last in its transaction: whoever publishes waits for others that do.
 */
export async function writeBook(tx: Prisma.TransactionClient, orgId: string, book: Book, reservations: readonly Reservation[] = []): Promise<void> {
  const { budgets, entries, alerts, resetIds } = book.rows();
  if (entries.length === 0 && reservations.length === 0) return;
  const raised = await tx.$queryRaw<{ id: string }[]>`
    WITH moved AS (
      UPDATE "budgets" AS budget SET "spentCents" = now."spentCents", "reservedCents" = now."reservedCents", "overrunCents" = now."overrunCents",
        "entryCount" = now."entryCount", "periodStart" = now."periodStart", "lastResetAt" = now."lastResetAt"
      FROM json_to_recordset(${JSON.stringify(budgets)}::json) AS now("id" text, "spentCents" numeric, "reservedCents" numeric, "overrunCents" numeric,
        "entryCount" int, "periodStart" timestamptz, "lastResetAt" timestamptz)
      WHERE budget."orgId" = ${orgId} AND budget."id" = now."id"
    ), entered AS (
      INSERT INTO "budgetTransactions" ("id", "orgId", "budgetId", "sequence", "type", "amountCents", "overrunCents", "spentAfterCents", "reservedAfterCents",
        "runId", "stepResultId", "tokenEventId", "reservationId", "note", "idempotencyKey", "occurredAt")
      SELECT "id", ${orgId}, "budgetId", "sequence", "type"::"BudgetTransactionType", "amountCents", "overrunCents", "spentAfterCents", "reservedAfterCents",
        "runId", "stepResultId", "tokenEventId", "reservationId", "note", "idempotencyKey", "occurredAt"
      FROM json_to_recordset(${JSON.stringify(entries)}::json) AS entry("id" text, "budgetId" text, "sequence" int, "type" text, "amountCents" numeric,
        "overrunCents" numeric, "spentAfterCents" numeric, "reservedAfterCents" numeric, "runId" text, "stepResultId" text, "tokenEventId" text,
        "reservationId" text, "note" text, "idempotencyKey" text, "occurredAt" timestamptz)
    ), kept AS (
      UPDATE "budgetReservations" AS reservation SET "status" = now."status"::"BudgetReservationStatus", "remainingCents" = now."remainingCents",
        "settledCents" = now."settledCents", "reason" = now."reason", "budgetIds" = ARRAY(SELECT json_array_elements_text(now."budgetIds"))
      FROM json_to_recordset(${JSON.stringify(reservations.map(reservationRow))}::json) AS now("id" text, "status" text, "remainingCents" numeric, "settledCents" numeric,
        "reason" text, "budgetIds" json)
      WHERE reservation."orgId" = ${orgId} AND reservation."id" = now."id"
    ), settled AS (
      UPDATE "budgetAlerts" SET "status" = 'RESOLVED' WHERE "orgId" = ${orgId} AND "budgetId" = ANY(${[...resetIds]}::text[]) AND "status" <> 'RESOLVED'
    )
    INSERT INTO "budgetAlerts" ("id", "orgId", "budgetId", "thresholdPercent", "spentCents", "amountCents", "periodStart")
    SELECT "id", ${orgId}, "budgetId", "thresholdPercent", "spentCents", "amountCents", "periodStart"
    FROM json_to_recordset(${JSON.stringify(alerts)}::json) AS alert("id" text, "budgetId" text, "thresholdPercent" int, "spentCents" numeric, "amountCents" numeric,
      "periodStart" timestamptz)
    ON CONFLICT ("orgId", "budgetId", "periodStart", "thresholdPercent") DO NOTHING RETURNING "id"`;
  const isNew = new Set(raised.map(({ id }) => id));
  for (const alert of alerts) if (isNew.has(alert.id)) await tell(tx, orgId, alert);
}

function reservationRow({ id, status, remaining, settled, reason, budgetIds }: Reservation): object {
  return { id, status, remainingCents: centsOf(remaining), settledCents: settled === null ? null : centsOf(settled), reason, budgetIds };
}

function tell(tx: Prisma.TransactionClient, orgId: string, { id: alertId, runId, ...reached }: ReachedThreshold): Promise<void> {
  const { budgetId, name, thresholdPercent, spentCents, amountCents } = reached;
  return publish(tx, orgId, {
    type: 'platform.event.occurred', subject: budgetId,
    data: {
      type: 'budget.threshold.reached', severity: thresholdPercent >= 100 ? 'ERROR' : 'WARNING', runId, agentId: null, gatewayId: null,
      displayLabel: `Budget "${name}": ${thresholdPercent} % reached, ${spentCents} of ${amountCents} cents`,
      payload: { alertId, budgetId, name, thresholdPercent, spentCents, amountCents, periodStart: reached.periodStart.toISOString() },
    },
  });
}
