import { add, type Difference, type Findings } from './findings.ts';
import { textOf, unitsOf } from './money.ts';
import type { Reader } from './reader.ts';

/** What is left of each reservation by its row and by the ledgers of its budgets, where that is not the same. */
const remainders = `
  WITH held AS (
    SELECT "orgId", "reservationId" AS id, "budgetId", sum(CASE "type" WHEN 'RESERVE' THEN "amountCents" ELSE -"amountCents" END) AS cents
    FROM "budgetTransactions" WHERE "reservationId" IS NOT NULL AND "type" IN ('RESERVE', 'RELEASE') GROUP BY 1, 2, 3
  ), said AS (
    SELECT "orgId", "id", "budgetId", "remainingCents" AS cents FROM "budgetReservations", unnest("budgetIds") AS "budgetId" WHERE "status" = 'OPEN'
  )
  SELECT "id", coalesce(said.cents, 0)::text AS stored, coalesce(held.cents, 0)::text AS recomputed
  FROM said FULL JOIN held USING ("orgId", "id", "budgetId") WHERE coalesce(said.cents, 0) <> coalesce(held.cents, 0) GROUP BY "orgId", 1, 2, 3`;

interface Open {
  readonly orgId: string;
  readonly id: string;
  readonly stepResultId: string;
}

const open = `SELECT "orgId", "id", "stepResultId" FROM "budgetReservations" WHERE "status" = 'OPEN' AND "stepResultId" IS NOT NULL ORDER BY "orgId", "id"`;
const over = ['COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED', 'TIMED_OUT'];

/** What is left of a reservation is what the ledgers say, and one that is open belongs to an attempt that is under way. */
export async function* checkReservations(budget: Reader, workflow: Reader, { checked }: Findings): AsyncGenerator<Difference> {
  for await (const page of budget.pages<{ id: string; stored: string; recomputed: string }>(remainders)) {
    for (const { id, stored, recomputed } of page) yield { what: 'reservation', id, field: 'remainingCents', stored: textOf(unitsOf(stored)), recomputed: textOf(unitsOf(recomputed)) };
  }
  for await (const page of budget.pages<Open>(open)) {
    for (const [orgId, rows] of Map.groupBy(page, (row) => row.orgId)) {
      add(checked, 'open reservations', rows.length);
      const attempts = await workflow.rows<{ id: string; status: string }>('SELECT "id", "status"::text FROM "stepResults" WHERE "orgId" = $1 AND "id" = ANY($2)', [orgId, rows.map(({ stepResultId }) => stepResultId)]);
      const statusOf = new Map(attempts.map(({ id, status }) => [id, status]));
      for (const { id, stepResultId } of rows) {
        const status = statusOf.get(stepResultId);
        // Anybody may reserve for an attempt that is not known here; only what an attempt has asked for itself bears its id.
        const isOver = status === undefined ? id === stepResultId : over.includes(status);
        if (isOver) yield { what: 'reservation', id, field: 'status', stored: 'OPEN', recomputed: `its attempt ${stepResultId} is ${status ?? 'not there'}` };
      }
    }
  }
}
