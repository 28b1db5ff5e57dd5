import { removeInBatches, type Retention, type RowsOf } from '@forge/jobs';
import { Prisma, type PrismaClient } from '@forge/prisma-agents';

const keptRevisions = 50;
const keptDays = 90;
const batchSize = 10_000;

/**
 * The revisions that go: past the newest 50 of their definition, or older than 90 days. The newest stays whatever its age:
 * the next patch begins from it. Revisions count up without gaps, so a number says how many are newer.
 */
function oldRevisions(now: Date): Prisma.Sql {
  const earliest = new Date(now.getTime() - keptDays * 86_400_000);
  return Prisma.sql`
    "agentConfigRevisions" AS old
    JOIN (SELECT "orgId", "definitionId", max("revision") AS newest FROM "agentConfigRevisions" GROUP BY 1, 2) AS last USING ("orgId", "definitionId")
    WHERE "revision" <= newest - ${keptRevisions}::int OR ("createdAt" < ${earliest}::timestamptz AND "revision" < newest)`;
}

/** What this domain forgets with time. */
export const retention: readonly Retention<PrismaClient>[] = [{
  name: 'config revisions',
  crontab: '30 3 * * *',
  count: (prisma, now) => prisma.$queryRaw<RowsOf[]>`SELECT "orgId", count(*)::int AS rows FROM ${oldRevisions(now)} GROUP BY 1 ORDER BY 1`,
  remove: (prisma, now) => removeInBatches(() => prisma.$queryRaw<RowsOf[]>`
    WITH gone AS (
      DELETE FROM "agentConfigRevisions"
      WHERE ctid = ANY (ARRAY(SELECT old.ctid FROM ${oldRevisions(now)} ORDER BY "createdAt" LIMIT ${batchSize}::int FOR UPDATE OF old SKIP LOCKED))
      RETURNING "orgId"
    )
    SELECT "orgId", count(*)::int AS rows FROM gone GROUP BY 1`),
}];
