import type { Prisma } from '@forge/prisma-analytics';
import type { StoredCall } from '../token-event/insert-priced.ts';
import { sumUp } from './cost-aggregate.rules.ts';
import { addFigures, figureColumns, figureSums } from './figures.ts';
import { lockAggregates } from './lock-aggregates.ts';

/**
 * Adds calls that this transaction has stored to the aggregates of every scope, in the buckets that hold their moments by now. A run
 * counts in the bucket of its first call in a scope: one that comes to light later and lies before it takes the count along.
 */
export async function rollUp(tx: Prisma.TransactionClient, orgId: string, calls: readonly StoredCall[]): Promise<void> {
  if (calls.length === 0) return;
  const { sums, firstCalls } = sumUp(calls);
  await lockAggregates(tx, orgId);
  await tx.$executeRaw`
    WITH run AS (
      SELECT first.*, known."firstAt" AS "countedAt"
      FROM json_to_recordset(${JSON.stringify(firstCalls)}::json) AS first("scopeType" "CostAggregateScopeType", "scopeId" text, "runId" text, "firstAt" timestamptz)
      LEFT JOIN "scopeRuns" AS known
        ON known."orgId" = ${orgId} AND known."runId" = first."runId" AND known."scopeType" = first."scopeType" AND known."scopeId" = coalesce(first."scopeId", '')
      WHERE known."firstAt" IS NULL OR first."firstAt" < known."firstAt"
    ), noted AS (
      INSERT INTO "scopeRuns" ("orgId", "runId", "scopeType", "scopeId", "firstAt")
      SELECT ${orgId}, "runId", "scopeType", coalesce("scopeId", ''), "firstAt" FROM run
      ON CONFLICT ("orgId", "runId", "scopeType", "scopeId") DO UPDATE SET "firstAt" = EXCLUDED."firstAt"
    ), change AS (
      SELECT "scopeType", "scopeId", "hour" AS at, ${figureColumns}
      FROM json_to_recordset(${JSON.stringify(sums)}::json) AS sum("scopeType" "CostAggregateScopeType", "scopeId" text, "hour" timestamptz, "inputTokens" bigint, "outputTokens" bigint,
        "cachedInputTokens" bigint, "thinkingTokens" bigint, "costCents" numeric, "eventCount" int, "runCount" int, "successCount" int, "failureCount" int)
      UNION ALL SELECT "scopeType", "scopeId", "firstAt", 0, 0, 0, 0, 0, 0, 1, 0, 0 FROM run
      UNION ALL SELECT "scopeType", "scopeId", "countedAt", 0, 0, 0, 0, 0, 0, -1, 0, 0 FROM run WHERE "countedAt" IS NOT NULL
    ), bucket AS (
      SELECT period, cost_bucket_start(period, at) AS "bucketStart", "scopeType", "scopeId", ${figureSums}
      FROM change LEFT JOIN "compactionState" AS state ON state."orgId" = ${orgId} CROSS JOIN LATERAL (SELECT cost_period(at, "hourlyFrom", "dailyFrom") AS period) AS aged
      GROUP BY 1, 2, 3, 4
    ), left_by_runs AS (
      -- There already; and an INSERT would need a row that is possible by itself.
      UPDATE "costAggregates" AS stored SET ${addFigures('bucket')}
      FROM bucket WHERE bucket."runCount" < 0 AND stored."orgId" = ${orgId} AND stored."period" = bucket.period AND stored."bucketStart" = bucket."bucketStart"
        AND stored."scopeType" = bucket."scopeType" AND stored."scopeId" IS NOT DISTINCT FROM bucket."scopeId"
    )
    INSERT INTO "costAggregates" AS stored ("id", "orgId", "period", "bucketStart", "scopeType", "scopeId", ${figureColumns})
    SELECT type_id('cag', "bucketStart"), ${orgId}, bucket.* FROM bucket WHERE "runCount" >= 0
    ON CONFLICT ("orgId", "period", "bucketStart", "scopeType", "scopeId") DO UPDATE SET ${addFigures('EXCLUDED')}`;
}
