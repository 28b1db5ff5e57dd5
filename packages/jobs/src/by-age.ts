import type { Retention, RowsOf } from './retention.ts';

/** The part of a Prisma client that is needed here. */
export interface RetentionClient {
  $queryRawUnsafe<T>(query: string, ...values: unknown[]): Promise<T>;
}

export interface ByAge {
  name: string;
  crontab: string;
  table: string;
  /** The time that counts; an index begins with it. */
  column: string;
  days: number;
  /** Which rows, in SQL; all of the table unless given. */
  where?: string;
}

const batchSize = 10_000;
const dayInMilliseconds = 24 * 3600 * 1000;

/** Rows of a table without partitions go when they are older than so many days: 10,000 in a statement, so that nobody waits long for them. */
export function byAge({ name, crontab, table, column, days, where = 'true' }: ByAge): Retention<RetentionClient> {
  const older = `"${table}" WHERE "${column}" < $1::timestamptz AND (${where})`;
  const before = (now: Date) => new Date(now.getTime() - days * dayInMilliseconds);
  return {
    name, crontab,
    count: (prisma, now) => prisma.$queryRawUnsafe<RowsOf[]>(`SELECT "orgId", count(*)::int AS rows FROM ${older} GROUP BY 1 ORDER BY 1`, before(now)),
    remove: (prisma, now, signal) => removeInBatches(() => prisma.$queryRawUnsafe<RowsOf[]>(`
      WITH gone AS (
        DELETE FROM "${table}" WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${older} ORDER BY "${column}" LIMIT ${batchSize} FOR UPDATE SKIP LOCKED)) RETURNING "orgId"
      )
      SELECT "orgId", count(*)::int AS rows FROM gone GROUP BY 1`, before(now)), signal),
  };
}

/** Calls `removeBatch`, which answers what it removed, until that is nothing or `signal` is aborted; the sums by organisation. */
export async function removeInBatches(removeBatch: () => Promise<readonly RowsOf[]>, signal?: AbortSignal): Promise<RowsOf[]> {
  const sums = new Map<string, number>();
  while (!signal?.aborted) {
    const removed = await removeBatch();
    if (removed.length === 0) break;
    for (const { orgId, rows } of removed) sums.set(orgId, (sums.get(orgId) ?? 0) + rows);
  }
  return [...sums].map(([orgId, rows]) => ({ orgId, rows })).sort((a, b) => (a.orgId < b.orgId ? -1 : 1));
}
