import { organisationsIn } from '../jobs/organisations.ts';
import { differencesOfWeek } from './differences-of-week.ts';

/** Runs a statement on the domain's database, for example by a `pg` client, and answers its rows. */
export type Query = <Row extends object>(text: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** A figure of an aggregate that is not what the token events add up to. Both are numbers as text; 0 where there is no row. */
export interface AggregateDifference {
  readonly orgId: string;
  readonly scopeType: string;
  /** Null for GLOBAL. */
  readonly scopeId: string | null;
  readonly period: string;
  readonly bucketStart: Date;
  readonly field: string;
  readonly stored: string;
  readonly recomputed: string;
}

const weekLength = 7 * 86_400_000;
const pageSize = 1_000;

/**
 * Adds up the token events anew, in every scope and bucket of which all are still there, and gives each figure that is stored otherwise.
 * A week of one organisation is one statement, so that calls recorded and rows merged meanwhile make no difference.
 */
export async function* aggregateDifferences(query: Query): AsyncGenerator<AggregateDifference> {
  const organisations = await query<{ orgId: string }>(`(${organisationsIn('costAggregates').sql}) UNION (${organisationsIn('tokenEvents').sql}) ORDER BY 1`, []);
  for (const { orgId } of organisations) {
    for (let week = await nextWeek(query, orgId, null); week; week = await nextWeek(query, orgId, week)) {
      let page: readonly AggregateDifference[] = [];
      do {
        const last = page.at(-1);
        const after = last ? [last.bucketStart, last.period, last.scopeType, last.scopeId ?? '', last.field] : [null, null, null, null, null];
        page = await query<AggregateDifference>(differencesOfWeek, [orgId, week, new Date(week.getTime() + weekLength), ...after, pageSize]);
        yield* page;
      } while (page.length === pageSize);
    }
  }
}

/** The Monday of the first week behind `week` that has an aggregate or a token event; without `week`, of the first there is to check. */
async function nextWeek(query: Query, orgId: string, week: Date | null): Promise<Date | null> {
  const [next] = await query<{ week: Date | null }>(`
    SELECT cost_bucket_start('WEEKLY', least(
      (SELECT min("bucketStart") FROM "costAggregates" WHERE "orgId" = $1 AND "bucketStart" >= start),
      (SELECT min("occurredAt") FROM "tokenEvents" WHERE "orgId" = $1 AND "occurredAt" >= start)
    )) AS week
    FROM (SELECT coalesce($2::timestamptz + interval '168 hours', (SELECT "eventsFrom" FROM "compactionState" WHERE "orgId" = $1), '-infinity') AS start) AS "from"`, [orgId, week]);
  return next?.week ?? null;
}
