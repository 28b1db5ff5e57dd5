-- CreateEnum
CREATE TYPE "BudgetReservationStatus" AS ENUM ('OPEN', 'SETTLED', 'RELEASED', 'REFUSED');

-- AlterTable
ALTER TABLE "budgets" ADD COLUMN     "entryCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "overrunCents" DECIMAL(28,10) NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "budgetTransactions" ADD COLUMN     "overrunCents" DECIMAL(28,10) NOT NULL DEFAULT 0,
ADD COLUMN     "sequence" INTEGER;

-- The ledgers that there are, in the order in which they were entered.
ALTER TABLE "budgetTransactions" DISABLE TRIGGER refuse_change;
UPDATE "budgetTransactions" AS entry SET "sequence" = numbered.position
FROM (SELECT "orgId", "id", row_number() OVER (PARTITION BY "orgId", "budgetId" ORDER BY "occurredAt", "id") AS position FROM "budgetTransactions") AS numbered
WHERE entry."orgId" = numbered."orgId" AND entry."id" = numbered."id";
ALTER TABLE "budgetTransactions" ENABLE TRIGGER refuse_change;
ALTER TABLE "budgetTransactions" ALTER COLUMN "sequence" SET NOT NULL;
UPDATE "budgets" AS budget SET "entryCount" = counted.entries
FROM (SELECT "orgId", "budgetId", count(*) AS entries FROM "budgetTransactions" GROUP BY 1, 2) AS counted
WHERE budget."orgId" = counted."orgId" AND budget."id" = counted."budgetId";

-- CreateTable
CREATE TABLE "budgetReservations" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "runId" TEXT,
    "stepResultId" TEXT,
    "amountCents" DECIMAL(28,10) NOT NULL,
    "remainingCents" DECIMAL(28,10) NOT NULL,
    "settledCents" DECIMAL(28,10),
    "status" "BudgetReservationStatus" NOT NULL DEFAULT 'OPEN',
    "budgetIds" TEXT[],
    "reason" TEXT,
    "inputHash" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budgetReservations_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateIndex
CREATE INDEX "budgetReservations_orgId_stepResultId_id_idx" ON "budgetReservations"("orgId", "stepResultId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "budgetTransactions_orgId_budgetId_sequence_key" ON "budgetTransactions"("orgId", "budgetId", "sequence");

-- Below: what a Prisma schema cannot say.

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "budgetReservations" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

-- What the ledgers say is still reserved, so that it can be released.
INSERT INTO "budgetReservations" ("orgId", "id", "runId", "stepResultId", "amountCents", "remainingCents", "budgetIds", "createdAt", "updatedAt")
SELECT "orgId", "reservationId", min("runId"), min("stepResultId"), min(held), min(held), array_agg("budgetId" ORDER BY "budgetId"), min(since), min(since)
FROM (
  SELECT "orgId", "reservationId", "budgetId", min("runId") AS "runId", min("stepResultId") AS "stepResultId", min("occurredAt") AS since,
    sum(CASE "type" WHEN 'RESERVE' THEN "amountCents" WHEN 'RELEASE' THEN -"amountCents" ELSE 0 END) AS held
  FROM "budgetTransactions" WHERE "reservationId" IS NOT NULL GROUP BY 1, 2, 3
) AS entries
WHERE held > 0 GROUP BY 1, 2;

ALTER TABLE "budgets"
  ADD CONSTRAINT budgets_overrun_not_negative CHECK ("overrunCents" >= 0),
  ADD CONSTRAINT budgets_entries_counted CHECK ("entryCount" >= 0);

ALTER TABLE "budgetTransactions"
  ADD CONSTRAINT "budgetTransactions_sequence_from_1" CHECK ("sequence" >= 1),
  ADD CONSTRAINT "budgetTransactions_only_debits_overrun" CHECK ("overrunCents" >= 0 AND ("type" = 'DEBIT' OR "overrunCents" = 0));

ALTER TABLE "budgetReservations"
  ADD CONSTRAINT "budgetReservations_remaining_fits" CHECK (
    "remainingCents" >= 0 AND "remainingCents" <= "amountCents" AND ("status" = 'OPEN' OR "remainingCents" = 0)),
  ADD CONSTRAINT "budgetReservations_settled_fits" CHECK ("settledCents" IS NULL OR ("settledCents" >= 0 AND "status" = 'SETTLED')),
  ADD CONSTRAINT "budgetReservations_refused_with_reason" CHECK (
    ("status" = 'REFUSED') = ("reason" IS NOT NULL) AND ("status" <> 'REFUSED' OR "budgetIds" = '{}')),
  ADD CONSTRAINT "budgetReservations_budgets_known" CHECK ("budgetIds" IS NOT NULL AND array_position("budgetIds", NULL) IS NULL);
