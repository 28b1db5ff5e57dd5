-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "BudgetScopeType" AS ENUM ('GLOBAL', 'GATEWAY', 'AGENT', 'WORKFLOW', 'FACTORY', 'TEAM');

-- CreateEnum
CREATE TYPE "BudgetPeriod" AS ENUM ('DAILY', 'WEEKLY', 'MONTHLY');

-- CreateEnum
CREATE TYPE "BudgetAlertStatus" AS ENUM ('OPEN', 'ACKNOWLEDGED', 'RESOLVED');

-- CreateEnum
CREATE TYPE "BudgetTransactionType" AS ENUM ('DEBIT', 'CREDIT', 'RESERVE', 'RELEASE', 'RESET');

-- CreateTable
CREATE TABLE "budgets" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopeType" "BudgetScopeType" NOT NULL,
    "scopeId" TEXT,
    "period" "BudgetPeriod" NOT NULL,
    "amountCents" DECIMAL(28,10) NOT NULL,
    "spentCents" DECIMAL(28,10) NOT NULL DEFAULT 0,
    "reservedCents" DECIMAL(28,10) NOT NULL DEFAULT 0,
    "periodStart" TIMESTAMPTZ(3) NOT NULL,
    "lastResetAt" TIMESTAMPTZ(3),
    "alertThresholds" INTEGER[] DEFAULT ARRAY[50, 80, 100]::INTEGER[],
    "hardLimit" BOOLEAN NOT NULL DEFAULT true,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "ownerId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budgets_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "budgetAlerts" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "budgetId" TEXT NOT NULL,
    "thresholdPercent" INTEGER NOT NULL,
    "spentCents" DECIMAL(28,10) NOT NULL,
    "amountCents" DECIMAL(28,10) NOT NULL,
    "periodStart" TIMESTAMPTZ(3) NOT NULL,
    "status" "BudgetAlertStatus" NOT NULL DEFAULT 'OPEN',
    "acknowledgedById" TEXT,
    "acknowledgedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budgetAlerts_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "budgetHierarchy" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "parentId" TEXT NOT NULL,
    "childId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budgetHierarchy_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "budgetTransactions" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "budgetId" TEXT NOT NULL,
    "type" "BudgetTransactionType" NOT NULL,
    "amountCents" DECIMAL(28,10) NOT NULL,
    "spentAfterCents" DECIMAL(28,10) NOT NULL,
    "reservedAfterCents" DECIMAL(28,10) NOT NULL,
    "runId" TEXT,
    "stepResultId" TEXT,
    "tokenEventId" TEXT,
    "reservationId" TEXT,
    "note" TEXT,
    "idempotencyKey" TEXT NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budgetTransactions_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "callbackDedup" (
    "orgId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "inputHash" TEXT,
    "resultId" TEXT,
    "handledAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "callbackDedup_pkey" PRIMARY KEY ("orgId","source","key")
);

-- CreateTable
CREATE TABLE "eventOutbox" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "deliveredAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "eventOutbox_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateIndex
CREATE INDEX "budgets_orgId_createdAt_id_idx" ON "budgets"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "budgets_orgId_scopeType_scopeId_createdAt_id_idx" ON "budgets"("orgId", "scopeType", "scopeId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "budgets_orgId_enabled_createdAt_id_idx" ON "budgets"("orgId", "enabled", "createdAt", "id");

-- CreateIndex
CREATE INDEX "budgets_orgId_name_id_idx" ON "budgets"("orgId", "name", "id");

-- CreateIndex
CREATE INDEX "budgets_orgId_ownerId_createdAt_id_idx" ON "budgets"("orgId", "ownerId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "budgets_orgId_scopeType_scopeId_period_key" ON "budgets"("orgId", "scopeType", "scopeId", "period");

-- CreateIndex
CREATE INDEX "budgetAlerts_orgId_createdAt_id_idx" ON "budgetAlerts"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "budgetAlerts_orgId_budgetId_createdAt_id_idx" ON "budgetAlerts"("orgId", "budgetId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "budgetAlerts_orgId_acknowledgedById_createdAt_id_idx" ON "budgetAlerts"("orgId", "acknowledgedById", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "budgetAlerts_orgId_budgetId_periodStart_thresholdPercent_key" ON "budgetAlerts"("orgId", "budgetId", "periodStart", "thresholdPercent");

-- CreateIndex
CREATE INDEX "budgetHierarchy_orgId_createdAt_id_idx" ON "budgetHierarchy"("orgId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "budgetHierarchy_orgId_parentId_createdAt_id_idx" ON "budgetHierarchy"("orgId", "parentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "budgetHierarchy_orgId_childId_createdAt_id_idx" ON "budgetHierarchy"("orgId", "childId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "budgetHierarchy_orgId_parentId_childId_key" ON "budgetHierarchy"("orgId", "parentId", "childId");

-- CreateIndex
CREATE INDEX "budgetTransactions_orgId_occurredAt_id_idx" ON "budgetTransactions"("orgId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "budgetTransactions_orgId_budgetId_occurredAt_id_idx" ON "budgetTransactions"("orgId", "budgetId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "budgetTransactions_orgId_runId_occurredAt_id_idx" ON "budgetTransactions"("orgId", "runId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "budgetTransactions_orgId_stepResultId_occurredAt_id_idx" ON "budgetTransactions"("orgId", "stepResultId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "budgetTransactions_orgId_tokenEventId_occurredAt_id_idx" ON "budgetTransactions"("orgId", "tokenEventId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "budgetTransactions_orgId_reservationId_occurredAt_id_idx" ON "budgetTransactions"("orgId", "reservationId", "occurredAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "budgetTransactions_orgId_budgetId_idempotencyKey_key" ON "budgetTransactions"("orgId", "budgetId", "idempotencyKey");

-- CreateIndex
CREATE INDEX "callbackDedup_handledAt_idx" ON "callbackDedup"("handledAt");

-- AddForeignKey
ALTER TABLE "budgetAlerts" ADD CONSTRAINT "budgetAlerts_orgId_budgetId_fkey" FOREIGN KEY ("orgId", "budgetId") REFERENCES "budgets"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "budgetHierarchy" ADD CONSTRAINT "budgetHierarchy_orgId_parentId_fkey" FOREIGN KEY ("orgId", "parentId") REFERENCES "budgets"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "budgetHierarchy" ADD CONSTRAINT "budgetHierarchy_orgId_childId_fkey" FOREIGN KEY ("orgId", "childId") REFERENCES "budgets"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "budgetTransactions" ADD CONSTRAINT "budgetTransactions_orgId_budgetId_fkey" FOREIGN KEY ("orgId", "budgetId") REFERENCES "budgets"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Below: what a Prisma schema cannot say.

-- updatedAt is the version that expectedVersion compares: strictly later with every change, whoever makes it.
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."updatedAt" := greatest(date_trunc('milliseconds', clock_timestamp()), OLD."updatedAt" + interval '1 millisecond');
  RETURN NEW;
END $$;
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "budgets" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "budgetAlerts" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%": a row never changes once it is written', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE ON "budgetHierarchy" FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- The ledger is append-only: what was wrong is put right by another entry.
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON "budgetTransactions" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "budgetTransactions" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- GLOBAL budgets have no scopeId, and there is one of them for a period all the same.
DROP INDEX "budgets_orgId_scopeType_scopeId_period_key";
CREATE UNIQUE INDEX "budgets_orgId_scopeType_scopeId_period_key" ON "budgets" ("orgId", "scopeType", "scopeId", "period") NULLS NOT DISTINCT;

CREATE FUNCTION is_without_repetition(integer[]) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT
  RETURN (SELECT count(*) = count(DISTINCT each) FROM unnest($1) AS each);

ALTER TABLE "budgets"
  ADD CONSTRAINT budgets_amount_not_negative CHECK ("amountCents" >= 0),
  ADD CONSTRAINT budgets_use_not_negative CHECK ("spentCents" >= 0 AND "reservedCents" >= 0),
  ADD CONSTRAINT budgets_hard_limit_holds CHECK (NOT "hardLimit" OR "spentCents" + "reservedCents" <= "amountCents"),
  ADD CONSTRAINT budgets_scope_fits CHECK (
    CASE "scopeType"
      WHEN 'GLOBAL' THEN "scopeId" IS NULL
      WHEN 'GATEWAY' THEN coalesce(starts_with("scopeId", 'gw_'), false)
      WHEN 'AGENT' THEN coalesce(starts_with("scopeId", 'agt_'), false)
      WHEN 'WORKFLOW' THEN coalesce(starts_with("scopeId", 'wf_'), false)
      WHEN 'FACTORY' THEN coalesce(starts_with("scopeId", 'fac_'), false)
      WHEN 'TEAM' THEN coalesce(starts_with("scopeId", 'tea_'), false)
      ELSE false
    END),
  -- Days begin at 00:00 UTC, weeks on Sunday, months on the 1st.
  ADD CONSTRAINT budgets_period_starts_on_time CHECK (
    "periodStart" AT TIME ZONE 'UTC' = date_trunc('day', "periodStart" AT TIME ZONE 'UTC')
    AND ("period" <> 'WEEKLY' OR extract(dow FROM "periodStart" AT TIME ZONE 'UTC') = 0)
    AND ("period" <> 'MONTHLY' OR extract(day FROM "periodStart" AT TIME ZONE 'UTC') = 1)),
  ADD CONSTRAINT budgets_thresholds_fit CHECK (
    "alertThresholds" IS NOT NULL AND cardinality("alertThresholds") <= 10 AND 1 <= ALL ("alertThresholds") AND 1000 >= ALL ("alertThresholds")
    AND array_position("alertThresholds", NULL) IS NULL AND is_without_repetition("alertThresholds"));

ALTER TABLE "budgetHierarchy" ADD CONSTRAINT "budgetHierarchy_not_to_itself" CHECK ("parentId" <> "childId");

-- No budget is its own ancestor. The links of an organisation are written one after the other, so that of two that would close a
-- circle together the second sees the first (under READ COMMITTED, which everything here runs under).
CREATE FUNCTION refuse_budget_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('budgetHierarchy ' || NEW."orgId", 0));
  IF EXISTS (
    WITH RECURSIVE below AS (
      SELECT NEW."childId" AS id
      UNION
      SELECT link."childId" FROM "budgetHierarchy" AS link JOIN below ON link."parentId" = below.id WHERE link."orgId" = NEW."orgId"
    )
    SELECT FROM below WHERE id = NEW."parentId"
  ) THEN
    RAISE EXCEPTION '% below % violates constraint "budgetHierarchy_no_cycle"', NEW."childId", NEW."parentId"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'budgetHierarchy_no_cycle';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_budget_cycle BEFORE INSERT ON "budgetHierarchy" FOR EACH ROW
  WHEN (NEW."parentId" <> NEW."childId") EXECUTE FUNCTION refuse_budget_cycle();

ALTER TABLE "budgetTransactions"
  ADD CONSTRAINT "budgetTransactions_amounts_not_negative" CHECK ("amountCents" >= 0 AND "spentAfterCents" >= 0 AND "reservedAfterCents" >= 0),
  ADD CONSTRAINT "budgetTransactions_reset_leaves_nothing_spent" CHECK ("type" <> 'RESET' OR "spentAfterCents" = 0),
  ADD CONSTRAINT "budgetTransactions_reservation_is_named" CHECK ("type" NOT IN ('RESERVE', 'RELEASE') OR "reservationId" IS NOT NULL);

ALTER TABLE "budgetAlerts"
  ADD CONSTRAINT "budgetAlerts_threshold_from_1_to_1000" CHECK ("thresholdPercent" BETWEEN 1 AND 1000),
  ADD CONSTRAINT "budgetAlerts_threshold_was_reached" CHECK ("amountCents" >= 0 AND "spentCents" * 100 >= "amountCents" * "thresholdPercent"),
  ADD CONSTRAINT "budgetAlerts_acknowledged_by_somebody" CHECK (
    ("acknowledgedAt" IS NULL) = ("acknowledgedById" IS NULL)
    AND ("status" <> 'OPEN' OR "acknowledgedAt" IS NULL) AND ("status" <> 'ACKNOWLEDGED' OR "acknowledgedAt" IS NOT NULL));
