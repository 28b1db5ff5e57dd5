import type { Retention, RowsOf } from '@forge/jobs';
import { Prisma, type PrismaClient } from '@forge/prisma-analytics';
import { lockAggregates } from '../cost-aggregate/lock-aggregates.ts';
import { organisationsIn } from './organisations.ts';

const keptDays = 100;
const runsPerStep = 500;

/** Which runs have been counted where is forgotten after 100 days, but not while a call of the run is still there: the run may go on. */
export const countedRunRetention: Retention<PrismaClient> = {
  name: 'counted runs',
  crontab: '20 3 * * *',
  async count(prisma, now) {
    const counts = await Promise.all((await organisations(prisma)).map(async ({ orgId }) => {
      const [counted] = await prisma.$queryRaw<[{ rows: number }]>`
        SELECT count(*)::int AS rows FROM "scopeRuns" WHERE "orgId" = ${orgId} AND "runId" IN (${doneRuns(orgId, now)})`;
      return { orgId, rows: counted.rows };
    }));
    return counts.filter(({ rows }) => rows > 0);
  },
  async remove(prisma, now) {
    const removed: RowsOf[] = [];
    for (const { orgId } of await organisations(prisma)) {
      const rows = await removeAll(prisma, orgId, now);
      if (rows > 0) removed.push({ orgId, rows });
    }
    return removed;
  },
};

function organisations(prisma: PrismaClient): Promise<{ orgId: string }[]> {
  return prisma.$queryRaw<{ orgId: string }[]>(organisationsIn('scopeRuns'));
}

async function removeAll(prisma: PrismaClient, orgId: string, now: Date): Promise<number> {
  for (let rows = 0; ; ) {
    const removed = await prisma.$transaction(async (tx) => {
      // A call of such a run that comes meanwhile is counted before, or finds that the run is new.
      await lockAggregates(tx, orgId);
      return tx.$executeRaw`DELETE FROM "scopeRuns" WHERE "orgId" = ${orgId} AND "runId" IN (${doneRuns(orgId, now)} LIMIT ${runsPerStep})`;
    });
    rows += removed;
    if (removed === 0) return rows;
  }
}

/** In GLOBAL every run has a row, and its earliest. */
function doneRuns(orgId: string, now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT "runId" FROM "scopeRuns" AS done
    WHERE "orgId" = ${orgId} AND "scopeType" = 'GLOBAL' AND "firstAt" < ${new Date(now.getTime() - keptDays * 86_400_000)}
      AND NOT EXISTS (SELECT FROM "tokenEvents" AS call WHERE call."orgId" = ${orgId} AND call."runId" = done."runId")`;
}
