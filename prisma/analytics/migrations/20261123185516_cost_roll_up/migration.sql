-- CreateTable
CREATE TABLE "compactionState" (
    "orgId" TEXT NOT NULL,
    "hourlyFrom" TIMESTAMPTZ(3),
    "dailyFrom" TIMESTAMPTZ(3),
    "eventsFrom" TIMESTAMPTZ(3),

    CONSTRAINT "compactionState_pkey" PRIMARY KEY ("orgId")
);

-- CreateTable
CREATE TABLE "scopeRuns" (
    "orgId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "scopeType" "CostAggregateScopeType" NOT NULL,
    "scopeId" TEXT NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scopeRuns_pkey" PRIMARY KEY ("orgId","runId","scopeType","scopeId")
);

-- CreateIndex
CREATE INDEX "scopeRuns_orgId_firstAt_idx" ON "scopeRuns"("orgId", "firstAt");

-- Below: what a Prisma schema cannot say.

-- A TypeID (https://github.com/jetify-com/typeid/tree/main/spec): a UUIDv7 (RFC 9562, section 5.7) of the given time, its 128 bits
-- with two zeros before them in Crockford's base 32.
CREATE FUNCTION type_id(prefix text, at timestamptz) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT prefix || '_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', substring(bits FROM place FOR 5)::bit(5)::int + 1, 1), '' ORDER BY place)
  FROM (
    -- Of gen_random_uuid() come the last 76 bits, the variant among them.
    SELECT B'00' || ('x' || lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || right(replace(gen_random_uuid()::text, '-', ''), 19))::bit(128) AS bits
  ) AS uuid, generate_series(1, 126, 5) AS place
$$;

-- Which bucket holds a moment, by how far an organisation's aggregates have been merged.
CREATE FUNCTION cost_period(at timestamptz, hourly_from timestamptz, daily_from timestamptz) RETURNS "CostAggregatePeriod" LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN hourly_from IS NULL OR at >= hourly_from THEN 'HOURLY' WHEN daily_from IS NULL OR at >= daily_from THEN 'DAILY' ELSE 'WEEKLY' END::"CostAggregatePeriod"
$$;
-- In UTC, whatever the session's time zone; PostgreSQL's weeks begin on Monday.
CREATE FUNCTION cost_bucket_start(period "CostAggregatePeriod", at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
  SELECT date_trunc(CASE period WHEN 'HOURLY' THEN 'hour' WHEN 'DAILY' THEN 'day' ELSE 'week' END, at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
$$;

ALTER TABLE "compactionState"
  ADD CONSTRAINT "compactionState_whole_days_and_weeks" CHECK ("hourlyFrom" = cost_bucket_start('DAILY', "hourlyFrom") AND "dailyFrom" = cost_bucket_start('WEEKLY', "dailyFrom")),
  ADD CONSTRAINT "compactionState_days_before_hours" CHECK ("dailyFrom" <= "hourlyFrom");

-- Until now nothing added calls to the aggregates when they were recorded, and nothing has dropped a call: so the calls say what
-- every aggregate of their organisation must be. All of them hourly; the next compaction merges those that have come of age.
DELETE FROM "costAggregates" WHERE "orgId" IN (SELECT "orgId" FROM "tokenEvents");
CREATE TEMPORARY TABLE scoped_calls ON COMMIT DROP AS
  SELECT event.*, scope.type::"CostAggregateScopeType" AS "scopeType", scope.id AS "scopeId",
    row_number() OVER (PARTITION BY "orgId", scope.type, scope.id, "runId" ORDER BY "occurredAt") = 1 AND "runId" IS NOT NULL AS "isFirstOfRun"
  FROM "tokenEvents" AS event CROSS JOIN LATERAL (VALUES ('GLOBAL', NULL), ('WORKFLOW', "workflowId"), ('AGENT', "agentId"), ('GATEWAY', "gatewayId"), ('MODEL', "modelId"),
    ('WORKER', "workerId"), ('FACTORY', "factoryId")) AS scope(type, id)
  WHERE scope.type = 'GLOBAL' OR scope.id IS NOT NULL;
INSERT INTO "scopeRuns" ("orgId", "runId", "scopeType", "scopeId", "firstAt")
  SELECT "orgId", "runId", "scopeType", coalesce("scopeId", ''), "occurredAt" FROM scoped_calls WHERE "isFirstOfRun";
INSERT INTO "costAggregates" ("id", "orgId", "period", "bucketStart", "scopeType", "scopeId", "inputTokens", "outputTokens", "cachedInputTokens", "thinkingTokens", "costCents",
  "eventCount", "runCount", "successCount", "failureCount")
  SELECT type_id('cag', cost_bucket_start('HOURLY', "occurredAt")), "orgId", 'HOURLY', cost_bucket_start('HOURLY', "occurredAt"), "scopeType", "scopeId",
    sum("inputTokens"), sum("outputTokens"), sum("cachedInputTokens"), sum("thinkingTokens"), sum("costCents"),
    count(*), count(*) FILTER (WHERE "isFirstOfRun"), count(*) FILTER (WHERE "succeeded"), count(*) FILTER (WHERE NOT "succeeded")
  FROM scoped_calls GROUP BY "orgId", cost_bucket_start('HOURLY', "occurredAt"), "scopeType", "scopeId";

ALTER TABLE "costAggregates"
  ADD CONSTRAINT "costAggregates_not_negative" CHECK ("inputTokens" >= 0 AND "outputTokens" >= 0 AND "cachedInputTokens" >= 0 AND "thinkingTokens" >= 0 AND "costCents" >= 0
    AND "runCount" >= 0 AND "successCount" >= 0 AND "failureCount" >= 0),
  ADD CONSTRAINT "costAggregates_parts_within_whole" CHECK ("cachedInputTokens" <= "inputTokens" AND "thinkingTokens" <= "outputTokens"),
  ADD CONSTRAINT "costAggregates_calls_succeed_or_fail" CHECK ("eventCount" = "successCount" + "failureCount"),
  -- A run counts where its first call is.
  ADD CONSTRAINT "costAggregates_runs_have_calls" CHECK ("runCount" <= "eventCount"),
  ADD CONSTRAINT "costAggregates_starts_with_its_period" CHECK ("bucketStart" = cost_bucket_start("period", "bucketStart"));
