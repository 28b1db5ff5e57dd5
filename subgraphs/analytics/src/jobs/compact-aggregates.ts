import { Prisma, type PrismaClient } from '@forge/prisma-analytics';
import { addFigures, figureColumns, figureSums } from '../cost-aggregate/figures.ts';
import { lockAggregates } from '../cost-aggregate/lock-aggregates.ts';
import { organisationsIn } from './organisations.ts';

export interface Compacted {
  /** How many rows were merged into longer ones, of each organisation that had any. */
  readonly merged: readonly { readonly orgId: string; readonly rows: number }[];
  readonly ms: number;
}

interface Stage {
  readonly from: 'HOURLY' | 'DAILY';
  readonly to: 'DAILY' | 'WEEKLY';
  /** What is older is merged, whole buckets of `to` only. */
  readonly days: number;
  /** How long a bucket of `to` is; in hours, which no time zone makes longer or shorter. */
  readonly length: '24 hours' | '168 hours';
  /** Where compactionState notes how far it has come. */
  readonly border: 'hourlyFrom' | 'dailyFrom';
}

/** In this order: a week is made of days that have been made of hours. */
const stages: readonly Stage[] = [
  { from: 'HOURLY', to: 'DAILY', days: 30, length: '24 hours', border: 'hourlyFrom' },
  { from: 'DAILY', to: 'WEEKLY', days: 90, length: '168 hours', border: 'dailyFrom' },
];

export const compactionCrontab = '10 4 * * 0';

/** Merges the aggregates that have come of age: after 30 days hours into days, after 90 days into weeks. */
export async function compactAggregates(prisma: PrismaClient, now: Date): Promise<Compacted> {
  const started = performance.now();
  const merged: { orgId: string; rows: number }[] = [];
  for (const { orgId } of await prisma.$queryRaw<{ orgId: string }[]>(organisationsIn('costAggregates'))) {
    let rows = 0;
    for (const stage of stages) rows += await mergeAll(prisma, orgId, stage, new Date(now.getTime() - stage.days * 86_400_000));
    if (rows > 0) merged.push({ orgId, rows });
  }
  return { merged, ms: Math.round(performance.now() - started) };
}

/** A bucket at a time, each in a transaction of its own, the oldest first, so that whoever comes next goes on where this was killed. */
async function mergeAll(prisma: PrismaClient, orgId: string, stage: Stage, olderThan: Date): Promise<number> {
  for (let rows = 0; ; ) {
    const step = await prisma.$transaction(async (tx) => {
      await lockAggregates(tx, orgId);
      return mergeNext(tx, orgId, stage, olderThan);
    });
    rows += step;
    if (step === 0) return rows;
  }
}

/**
 * Merges the oldest bucket there is to merge and moves the border behind it; when there is none, moves it as far as it may go. One
 * statement: the short rows go, the long ones come and late calls find their bucket by the new border at one and the same moment.
 */
async function mergeNext(tx: Prisma.TransactionClient, orgId: string, { from, to, length, border }: Stage, olderThan: Date): Promise<number> {
  const column = Prisma.raw(`"${border}"`);
  const [step] = await tx.$queryRaw<{ rows: number }[]>`
    WITH next AS (
      SELECT cost_bucket_start(${to}::"CostAggregatePeriod", ${olderThan}) AS "end", cost_bucket_start(${to}::"CostAggregatePeriod", min("bucketStart")) AS "start"
      FROM "costAggregates" WHERE "orgId" = ${orgId} AND "period" = ${from}::"CostAggregatePeriod" AND "bucketStart" < cost_bucket_start(${to}::"CostAggregatePeriod", ${olderThan})
    ), short AS (
      DELETE FROM "costAggregates" USING next
      WHERE "orgId" = ${orgId} AND "period" = ${from}::"CostAggregatePeriod" AND "bucketStart" >= next."start" AND "bucketStart" < next."start" + ${length}::interval
      RETURNING next."start", "scopeType", "scopeId", ${figureColumns}
    ), long AS (
      INSERT INTO "costAggregates" AS stored ("id", "orgId", "period", "bucketStart", "scopeType", "scopeId", ${figureColumns})
      SELECT type_id('cag', "start"), ${orgId}, ${to}::"CostAggregatePeriod", "start", "scopeType", "scopeId", ${figureSums} FROM short GROUP BY "start", "scopeType", "scopeId"
      ON CONFLICT ("orgId", "period", "bucketStart", "scopeType", "scopeId") DO UPDATE SET ${addFigures('EXCLUDED')}
    ), moved AS (
      INSERT INTO "compactionState" AS stored ("orgId", ${column}) SELECT ${orgId}, coalesce("start" + ${length}::interval, "end") FROM next
      ON CONFLICT ("orgId") DO UPDATE SET ${column} = greatest(stored.${column}, EXCLUDED.${column})
    )
    SELECT count(*)::int AS rows FROM short`;
  return step?.rows ?? 0;
}
