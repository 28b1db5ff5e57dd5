import type { Retention, RowsOf } from '@forge/jobs';
import type { PrismaClient } from '@forge/prisma-analytics';
import { dropPartition } from './drop-partition.ts';

const keptDays = 90;

/** Token events go by whole days, UTC, once all of the day is older than 90 days. */
export const tokenEventRetention: Retention<PrismaClient> = {
  name: 'token events',
  crontab: '0 3 * * *',
  count: (prisma, now) => prisma.$queryRaw<RowsOf[]>`
    SELECT "orgId", count(*)::int AS rows FROM "tokenEvents" WHERE "occurredAt" < ${firstKeptDay(now)} GROUP BY 1 ORDER BY 1`,
  remove: dropOldTokenEvents,
};

export async function dropOldTokenEvents(prisma: PrismaClient, now: Date): Promise<RowsOf[]> {
  const removed = new Map<string, number>();
  const refused: string[] = [];
  for (const partition of await partitionsBefore(prisma, firstKeptDay(now))) {
    const holdings = await holdingsOf(prisma, partition);
    const uncounted = holdings.filter(({ isCounted }) => !isCounted);
    if (uncounted.length > 0) refused.push(`${partition.name} (${uncounted.map(({ orgId }) => orgId).join(', ')})`);
    else if (await dropPartition(prisma, partition)) for (const { orgId, rows } of holdings) removed.set(orgId, (removed.get(orgId) ?? 0) + rows);
  }
  if (refused.length > 0) throw new Error(`kept, because costAggregates have less than they do: ${refused.join('; ')}; \`forge verify\` says what is missing`);
  return [...removed].map(([orgId, rows]) => ({ orgId, rows }));
}

export interface Partition {
  readonly name: `tokenEvents_${string}`;
  readonly start: Date;
  readonly end: Date;
}

async function partitionsBefore(prisma: PrismaClient, moment: Date): Promise<Partition[]> {
  const partitions = await prisma.$queryRaw<Partition[]>`
    SELECT name, day AT TIME ZONE 'UTC' AS start, (day + interval '1 day') AT TIME ZONE 'UTC' AS "end"
    FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid CROSS JOIN LATERAL (SELECT relname::text AS name, to_date(right(relname, 8), 'YYYYMMDD')::timestamp AS day) AS partition
    WHERE inhparent = '"tokenEvents"'::regclass AND relname ~ '^tokenEvents_[0-9]{8}$' ORDER BY name`;
  return partitions.filter(({ end }) => end <= moment);
}

interface Holding extends RowsOf {
  readonly isCounted: boolean;
}

/**
 * What each organisation has in a partition, and whether its aggregates of that time have at least as much. They have: whoever stores a
 * call adds it in the same transaction, and compaction only moves what was added. They may have more: a bucket may be longer than the
 * day, and calls that came very late are in a partition made anew, without those that were dropped with the first.
 */
function holdingsOf(prisma: PrismaClient, { start, end }: Partition): Promise<Holding[]> {
  return prisma.$queryRaw<Holding[]>`
    SELECT "orgId", rows, coalesce(summed.calls >= held.rows AND summed.cents >= held.cents, false) AS "isCounted"
    FROM (SELECT "orgId", count(*)::int AS rows, sum("costCents") AS cents FROM "tokenEvents" WHERE "occurredAt" >= ${start} AND "occurredAt" < ${end} GROUP BY 1) AS held
    CROSS JOIN LATERAL (
      SELECT sum("eventCount") AS calls, sum("costCents") AS cents FROM "costAggregates" AS bucket
      WHERE bucket."orgId" = held."orgId" AND "scopeType" = 'GLOBAL' AND "scopeId" IS NULL
        AND ("bucketStart" >= ${start} AND "bucketStart" < ${end} OR "period" = 'WEEKLY' AND "bucketStart" = cost_bucket_start('WEEKLY', ${start}))
    ) AS summed ORDER BY 1`;
}

function firstKeptDay(now: Date): Date {
  const day = 86_400_000;
  return new Date(Math.floor(now.getTime() / day - keptDays) * day);
}
