import { figures } from '../cost-aggregate/figures.ts';

const each = (column: (figure: string) => string) => figures.map(column).join(', ');

/**
 * The figures that differ in a week of an organisation ($1; from $2 to $3, Mondays 00:00 UTC), which holds every bucket wholly or not at
 * all; those behind $4 to $8, at most $9. A run counts where its first call of the scope is: not if one is in an earlier week, and not if one has
 * been dropped, of which scopeRuns alone can tell.
 */
export const differencesOfWeek = `
  WITH state AS (
    SELECT "hourlyFrom", "dailyFrom", coalesce("eventsFrom", '-infinity') AS "eventsFrom" FROM (SELECT) AS always LEFT JOIN "compactionState" ON "orgId" = $1
  ), call AS (
    SELECT event.*, scope.type::"CostAggregateScopeType" AS "scopeType", coalesce(scope.id, '') AS "scopeKey"
    FROM "tokenEvents" AS event CROSS JOIN LATERAL (VALUES ('GLOBAL', NULL), ('WORKFLOW', "workflowId"), ('AGENT', "agentId"), ('GATEWAY', "gatewayId"),
      ('MODEL', "modelId"), ('WORKER', "workerId"), ('FACTORY', "factoryId")) AS scope(type, id)
    WHERE event."orgId" = $1 AND "occurredAt" >= $2::timestamptz AND "occurredAt" < $3::timestamptz AND (scope.type = 'GLOBAL' OR scope.id IS NOT NULL)
  ), run AS (
    SELECT "scopeType", "scopeKey", "runId", min("occurredAt") AS at FROM call WHERE "runId" IS NOT NULL GROUP BY 1, 2, 3
  ), first AS (
    SELECT run.* FROM run, state
    WHERE NOT EXISTS (
      SELECT FROM "tokenEvents" AS earlier WHERE earlier."orgId" = $1 AND earlier."runId" = run."runId" AND earlier."occurredAt" < $2::timestamptz
        AND "scopeKey" = CASE "scopeType" WHEN 'GLOBAL' THEN '' WHEN 'WORKFLOW' THEN "workflowId" WHEN 'AGENT' THEN "agentId" WHEN 'GATEWAY' THEN "gatewayId"
          WHEN 'MODEL' THEN "modelId" WHEN 'WORKER' THEN "workerId" WHEN 'FACTORY' THEN "factoryId" END
    ) AND NOT EXISTS (
      SELECT FROM "scopeRuns" AS known WHERE known."orgId" = $1 AND known."runId" = run."runId" AND known."scopeType" = run."scopeType" AND known."scopeId" = run."scopeKey"
        AND known."firstAt" < "eventsFrom"
    )
  ), counted AS (
    SELECT "scopeType", "scopeKey", "occurredAt" AS at, "inputTokens", "outputTokens", "cachedInputTokens", "thinkingTokens", "costCents", 1 AS "eventCount", 0 AS "runCount",
      "succeeded"::int AS "successCount", (NOT "succeeded")::int AS "failureCount" FROM call
    UNION ALL SELECT "scopeType", "scopeKey", at, 0, 0, 0, 0, 0, 0, 1, 0, 0 FROM first
  ), recomputed AS (
    SELECT period, cost_bucket_start(period, at) AS "bucketStart", "scopeType", "scopeKey", ${each((figure) => `sum("${figure}") AS "${figure}"`)}
    FROM counted CROSS JOIN state CROSS JOIN LATERAL (SELECT cost_period(at, "hourlyFrom", "dailyFrom") AS period) AS aged GROUP BY 1, 2, 3, 4
  ), stored AS (
    SELECT *, coalesce("scopeId", '') AS "scopeKey" FROM "costAggregates"
    WHERE "orgId" = $1 AND "bucketStart" >= $2::timestamptz AND "bucketStart" < $3::timestamptz
  )
  SELECT $1 AS "orgId", "scopeType", nullif("scopeKey", '') AS "scopeId", "period", "bucketStart", figure.field, figure.stored::text, figure.recomputed::text
  FROM stored FULL JOIN recomputed USING ("period", "bucketStart", "scopeType", "scopeKey") CROSS JOIN state
  CROSS JOIN LATERAL (VALUES ${each((figure) => `('${figure}', coalesce(stored."${figure}", 0)::numeric, coalesce(recomputed."${figure}", 0)::numeric)`)}) AS figure(field, stored, recomputed)
  WHERE figure.stored <> figure.recomputed AND "bucketStart" >= "eventsFrom"
    AND ($4::timestamptz IS NULL OR ("bucketStart", "period"::text, "scopeType"::text, "scopeKey", figure.field) > ($4, $5, $6, $7, $8))
  ORDER BY "bucketStart", "period"::text, "scopeType"::text, "scopeKey", figure.field LIMIT $9`;
