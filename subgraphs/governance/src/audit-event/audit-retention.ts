import { removeInBatches, type RowsOf } from '@forge/jobs';
import type { PrismaClient } from '@forge/prisma-governance';

const mostInATransaction = 10_000;

/**
 * How many rows of each organisation's chain come before the first that is younger than `earliest`. A row that was
 * written down late, behind a younger one, waits for that: what goes is always the beginning of a chain.
 */
export function countAuditEvents(prisma: PrismaClient, earliest: Date): Promise<RowsOf[]> {
  return prisma.$queryRaw<RowsOf[]>`
    SELECT "orgId", gone.rows FROM (SELECT DISTINCT "orgId" FROM "auditEvents" WHERE "occurredAt" < ${earliest}) AS organisation
    LEFT JOIN LATERAL (
      SELECT "sequence" FROM "auditEvents" WHERE "orgId" = organisation."orgId" AND "occurredAt" >= ${earliest} ORDER BY "sequence" LIMIT 1
    ) AS kept ON true
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS rows FROM "auditEvents" WHERE "orgId" = organisation."orgId" AND (kept."sequence" IS NULL OR "sequence" < kept."sequence")
    ) AS gone
    WHERE gone.rows > 0 ORDER BY 1`;
}

/** Removes them, and leaves the last one's place and hash as the anchor of the rest, in the same statement. */
export async function removeAuditEvents(prisma: PrismaClient, earliest: Date, now: Date, batchSize = mostInATransaction): Promise<RowsOf[]> {
  const organisations = await prisma.$queryRaw<{ orgId: string }[]>`SELECT DISTINCT "orgId" FROM "auditEvents" WHERE "occurredAt" < ${earliest} ORDER BY 1`;
  const removed: RowsOf[] = [];
  for (const { orgId } of organisations) removed.push(...await removeInBatches(() => removeBatch(prisma, orgId, { earliest, now, batchSize })));
  return removed;
}

interface Batch {
  readonly earliest: Date;
  readonly now: Date;
  readonly batchSize: number;
}

function removeBatch(prisma: PrismaClient, orgId: string, { earliest, now, batchSize }: Batch): Promise<RowsOf[]> {
  return prisma.$transaction(async (tx) => {
    // One at a time in a chain: who passed over what another has locked would leave a hole when that one fails.
    await tx.$queryRaw`SELECT set_config('forge.retention', 'on', true), pg_advisory_xact_lock(hashtextextended(${`audit trail ${orgId}`}, 0))::text`;
    return tx.$queryRaw<RowsOf[]>`
      WITH oldest AS (
        SELECT "sequence", "occurredAt" FROM "auditEvents" WHERE "orgId" = ${orgId} ORDER BY "sequence" LIMIT ${batchSize}::int
      ), kept AS (
        SELECT min("sequence") AS "from" FROM oldest WHERE "occurredAt" >= ${earliest}
      ), gone AS (
        DELETE FROM "auditEvents" AS event USING oldest, kept
        WHERE event."orgId" = ${orgId} AND event."sequence" = oldest."sequence" AND (kept."from" IS NULL OR oldest."sequence" < kept."from")
        RETURNING event."sequence", event."hash"
      ), anchored AS (
        INSERT INTO "auditAnchors" ("orgId", "sequence", "hash", "removedAt")
        SELECT ${orgId}, "sequence", "hash", ${now} FROM gone ORDER BY "sequence" DESC LIMIT 1
        ON CONFLICT ("orgId") DO UPDATE SET "sequence" = EXCLUDED."sequence", "hash" = EXCLUDED."hash", "removedAt" = EXCLUDED."removedAt"
      )
      SELECT ${orgId} AS "orgId", count(*)::int AS rows FROM gone HAVING count(*) > 0`;
  });
}
