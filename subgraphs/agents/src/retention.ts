import { removeInBatches, type Retention, type RowsOf } from '@forge/jobs';
import { Prisma, type PrismaClient } from '@forge/prisma-agents';

const keptRevisions = 50;
const keptDays = 90;
const batchSize = 10_000;

/** Revisions past the newest 50 of their definition. They count up without gaps, so a number says how many are newer. */
const pastNewest = Prisma.sql`
  "agentDefinitions" AS definition
  CROSS JOIN LATERAL (
    SELECT "revision" AS newest FROM "agentConfigRevisions" WHERE "orgId" = definition."orgId" AND "definitionId" = definition."id" ORDER BY "revision" DESC LIMIT 1
  ) AS last
  JOIN "agentConfigRevisions" AS old ON old."orgId" = definition."orgId" AND old."definitionId" = definition."id" AND old."revision" <= newest - ${keptRevisions}::int`;

/** Revisions older than 90 days, but for the newest of a definition, from which its next patch begins. */
function tooOld(now: Date): Prisma.Sql {
  return Prisma.sql`
    "agentConfigRevisions" AS old
    WHERE old."createdAt" < ${new Date(now.getTime() - keptDays * 86_400_000)}::timestamptz AND EXISTS (
      SELECT FROM "agentConfigRevisions" AS newer
      WHERE newer."orgId" = old."orgId" AND newer."definitionId" = old."definitionId" AND newer."revision" > old."revision")`;
}

function removeBatch(prisma: PrismaClient, which: Prisma.Sql): Promise<RowsOf[]> {
  return prisma.$queryRaw<RowsOf[]>`
    WITH gone AS (
      DELETE FROM "agentConfigRevisions"
      WHERE ctid = ANY (ARRAY(SELECT old.ctid FROM ${which} ORDER BY old."createdAt" LIMIT ${batchSize}::int FOR UPDATE OF old SKIP LOCKED)) RETURNING "orgId"
    )
    SELECT "orgId", count(*)::int AS rows FROM gone GROUP BY 1`;
}

/** What this domain forgets with time. */
export const retention: readonly Retention<PrismaClient>[] = [{
  name: 'config revisions',
  crontab: '30 3 * * *',
  count: (prisma, now) => prisma.$queryRaw<RowsOf[]>`
    SELECT "orgId", count(*)::int AS rows FROM (SELECT old."orgId", old."id" FROM ${pastNewest} UNION SELECT old."orgId", old."id" FROM ${tooOld(now)}) AS gone GROUP BY 1 ORDER BY 1`,
  remove: (prisma, now) => removeInBatches(async () => {
    const removed = await removeBatch(prisma, pastNewest);
    return removed.length > 0 ? removed : removeBatch(prisma, tooOld(now));
  }),
}];
