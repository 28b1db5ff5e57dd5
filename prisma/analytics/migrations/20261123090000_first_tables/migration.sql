-- CreateEnum
CREATE TYPE "CostAggregatePeriod" AS ENUM ('HOURLY', 'DAILY', 'WEEKLY');

-- CreateEnum
CREATE TYPE "CostAggregateScopeType" AS ENUM ('GLOBAL', 'WORKFLOW', 'AGENT', 'GATEWAY', 'MODEL', 'WORKER', 'FACTORY');

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
CREATE TABLE "costAggregates" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "period" "CostAggregatePeriod" NOT NULL,
    "bucketStart" TIMESTAMPTZ(3) NOT NULL,
    "scopeType" "CostAggregateScopeType" NOT NULL,
    "scopeId" TEXT,
    "inputTokens" BIGINT NOT NULL,
    "outputTokens" BIGINT NOT NULL,
    "cachedInputTokens" BIGINT NOT NULL,
    "thinkingTokens" BIGINT NOT NULL,
    "costCents" DECIMAL(28,10) NOT NULL,
    "eventCount" INTEGER NOT NULL,
    "runCount" INTEGER NOT NULL,
    "successCount" INTEGER NOT NULL,
    "failureCount" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "costAggregates_pkey" PRIMARY KEY ("orgId","id")
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

-- CreateTable
CREATE TABLE "priceHistory" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "modelId" TEXT NOT NULL,
    "gatewayId" TEXT,
    "inputPrice" DECIMAL(18,6) NOT NULL,
    "outputPrice" DECIMAL(18,6) NOT NULL,
    "cachedInputPrice" DECIMAL(18,6),
    "effectiveFrom" TIMESTAMPTZ(3) NOT NULL,
    "effectiveTo" TIMESTAMPTZ(3),
    "source" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "priceHistory_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "tokenEvents" (
    "id" TEXT NOT NULL,
    "orgId" TEXT NOT NULL,
    "runId" TEXT,
    "stepId" TEXT,
    "stepResultId" TEXT,
    "agentId" TEXT,
    "workerId" TEXT,
    "workflowId" TEXT,
    "factoryId" TEXT,
    "gatewayId" TEXT,
    "modelId" TEXT NOT NULL,
    "priceId" TEXT,
    "inputTokens" INTEGER NOT NULL,
    "outputTokens" INTEGER NOT NULL,
    "cachedInputTokens" INTEGER NOT NULL DEFAULT 0,
    "thinkingTokens" INTEGER NOT NULL DEFAULT 0,
    "costCents" DECIMAL(28,10) NOT NULL,
    "succeeded" BOOLEAN NOT NULL DEFAULT true,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tokenEvents_pkey" PRIMARY KEY ("orgId","id","occurredAt")
) PARTITION BY RANGE ("occurredAt");

-- CreateIndex
CREATE INDEX "callbackDedup_handledAt_idx" ON "callbackDedup"("handledAt");

-- CreateIndex
CREATE INDEX "costAggregates_orgId_bucketStart_id_idx" ON "costAggregates"("orgId", "bucketStart", "id");

-- CreateIndex
CREATE INDEX "costAggregates_orgId_period_bucketStart_id_idx" ON "costAggregates"("orgId", "period", "bucketStart", "id");

-- CreateIndex
CREATE INDEX "costAggregates_orgId_scopeType_scopeId_bucketStart_id_idx" ON "costAggregates"("orgId", "scopeType", "scopeId", "bucketStart", "id");

-- CreateIndex
CREATE UNIQUE INDEX "costAggregates_orgId_period_bucketStart_scopeType_scopeId_key" ON "costAggregates"("orgId", "period", "bucketStart", "scopeType", "scopeId");

-- CreateIndex
CREATE INDEX "priceHistory_orgId_effectiveFrom_id_idx" ON "priceHistory"("orgId", "effectiveFrom", "id");

-- CreateIndex
CREATE INDEX "priceHistory_orgId_modelId_effectiveFrom_id_idx" ON "priceHistory"("orgId", "modelId", "effectiveFrom", "id");

-- CreateIndex
CREATE INDEX "tokenEvents_orgId_occurredAt_id_idx" ON "tokenEvents"("orgId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "tokenEvents_orgId_runId_occurredAt_id_idx" ON "tokenEvents"("orgId", "runId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "tokenEvents_orgId_stepResultId_occurredAt_id_idx" ON "tokenEvents"("orgId", "stepResultId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "tokenEvents_orgId_agentId_occurredAt_id_idx" ON "tokenEvents"("orgId", "agentId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "tokenEvents_orgId_workflowId_occurredAt_id_idx" ON "tokenEvents"("orgId", "workflowId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "tokenEvents_orgId_priceId_occurredAt_id_idx" ON "tokenEvents"("orgId", "priceId", "occurredAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tokenEvents_orgId_idempotencyKey_occurredAt_key" ON "tokenEvents"("orgId", "idempotencyKey", "occurredAt");

-- AddForeignKey
ALTER TABLE "tokenEvents" ADD CONSTRAINT "tokenEvents_orgId_priceId_fkey" FOREIGN KEY ("orgId", "priceId") REFERENCES "priceHistory"("orgId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Below: what a Prisma schema cannot say.

-- updatedAt is the version that expectedVersion compares: strictly later with every change, whoever makes it.
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."updatedAt" := greatest(date_trunc('milliseconds', clock_timestamp()), OLD."updatedAt" + interval '1 millisecond');
  RETURN NEW;
END $$;
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "costAggregates" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER touch_updated_at BEFORE UPDATE ON "priceHistory" FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%": a row never changes once it is written', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE ON "tokenEvents" FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE "tokenEvents"
  ADD CONSTRAINT "tokenEvents_counts_not_negative" CHECK ("inputTokens" >= 0 AND "outputTokens" >= 0 AND "cachedInputTokens" >= 0 AND "thinkingTokens" >= 0),
  ADD CONSTRAINT "tokenEvents_parts_within_whole" CHECK ("cachedInputTokens" <= "inputTokens" AND "thinkingTokens" <= "outputTokens"),
  ADD CONSTRAINT "tokenEvents_cost_not_negative" CHECK ("costCents" >= 0);

-- One partition a day, UTC: retention drops whole days. Any number of processes may call this for the same days.
CREATE FUNCTION ensure_token_event_partitions(first_day date, last_day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  day date;
  partition text;
BEGIN
  FOR day IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
    partition := 'tokenEvents_' || to_char(day, 'YYYYMMDD');
    CONTINUE WHEN to_regclass(format('%I', partition)) IS NOT NULL;
    PERFORM pg_advisory_xact_lock(hashtext('token event partitions'));
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF "tokenEvents" FOR VALUES FROM (%L) TO (%L)',
      partition, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
  END LOOP;
END $$;

-- GLOBAL aggregates have no scopeId, and there is one of them a bucket all the same.
DROP INDEX "costAggregates_orgId_period_bucketStart_scopeType_scopeId_key";
CREATE UNIQUE INDEX "costAggregates_orgId_period_bucketStart_scopeType_scopeId_key"
  ON "costAggregates" ("orgId", "period", "bucketStart", "scopeType", "scopeId") NULLS NOT DISTINCT;
ALTER TABLE "costAggregates" ADD CONSTRAINT "costAggregates_global_has_no_scope" CHECK (("scopeType" = 'GLOBAL') = ("scopeId" IS NULL));

CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE "priceHistory"
  ADD CONSTRAINT "priceHistory_not_negative" CHECK ("inputPrice" >= 0 AND "outputPrice" >= 0 AND "cachedInputPrice" >= 0),
  ADD CONSTRAINT "priceHistory_ends_after_start" CHECK ("effectiveTo" > "effectiveFrom"),
  -- At any moment a model has one price at a gateway, and one in the catalogue (no gateway).
  ADD CONSTRAINT "priceHistory_periods_never_overlap" EXCLUDE USING gist (
    "orgId" WITH =, "modelId" WITH =, (coalesce("gatewayId", '')) WITH =, tstzrange("effectiveFrom", "effectiveTo") WITH &&
  );
