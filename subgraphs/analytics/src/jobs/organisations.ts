import { Prisma } from '@forge/prisma-analytics';

/** The organisations that have rows in a table whose primary key begins with orgId: one look into the index for each, not one for each row. */
export function organisationsIn(table: 'costAggregates' | 'scopeRuns' | 'tokenEvents' | `tokenEvents_${string}`): Prisma.Sql {
  const rows = Prisma.raw(`"${table}"`);
  return Prisma.sql`
    WITH RECURSIVE organisation AS (
      (SELECT "orgId" FROM ${rows} ORDER BY "orgId" LIMIT 1)
      UNION ALL SELECT (SELECT next."orgId" FROM ${rows} AS next WHERE next."orgId" > organisation."orgId" ORDER BY next."orgId" LIMIT 1) FROM organisation WHERE "orgId" IS NOT NULL
    )
    SELECT "orgId" FROM organisation WHERE "orgId" IS NOT NULL`;
}
