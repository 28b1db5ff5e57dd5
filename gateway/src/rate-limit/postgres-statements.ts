// Unlogged: after a crash everybody has the points of a minute again, and nobody waits for a disk.
export const createTable = `SELECT pg_advisory_xact_lock(hashtext('rateLimit'));
CREATE UNLOGGED TABLE IF NOT EXISTS "rateLimit" ("key" text PRIMARY KEY, "window" bigint NOT NULL, "points" bigint NOT NULL) WITH (fillfactor = 70)`;

export const findTable = `SELECT to_regclass('"rateLimit"') IS NOT NULL AS "found"`;

// By the database's clock, which is the same for all replicas. $1 seconds a window, $2 the key's offset in them.
const present = `present AS MATERIALIZED (
  SELECT floor("seconds" / $1::int)::bigint AS "window", ($1::int - mod("seconds", $1::int))::float8 AS "resetSeconds"
  FROM (SELECT extract(epoch FROM clock_timestamp()) + $2::int AS "seconds") AS "clock")`;

/**
 * Takes $4 points of $5 in one statement, or none: the row is locked, compared and written before anybody else sees it. Whoever
 * waited for the row while a window began finds the next one in it, and takes from that.
 */
export const takePoints = `WITH ${present}, taken AS (
  INSERT INTO "rateLimit" AS kept SELECT $3, "window", $4::bigint FROM present
  ON CONFLICT ("key") DO UPDATE SET
    "window" = CASE WHEN kept."window" IN (excluded."window", excluded."window" + 1) THEN kept."window" ELSE excluded."window" END,
    "points" = CASE WHEN kept."window" IN (excluded."window", excluded."window" + 1) THEN kept."points" ELSE 0 END + excluded."points"
  WHERE kept."window" NOT IN (excluded."window", excluded."window" + 1) OR kept."points" + excluded."points" <= $5::bigint
  RETURNING "window", "points")
SELECT true AS "allowed", taken."points"::float8 AS "used", taken."window"::float8, "resetSeconds" FROM taken, present
UNION ALL
SELECT false, coalesce(kept."points", $5::bigint)::float8, present."window"::float8, "resetSeconds"
FROM present LEFT JOIN "rateLimit" AS kept ON kept."key" = $3 AND kept."window" = present."window"
WHERE NOT EXISTS (SELECT FROM taken)`;

export const lookAtPoints = `WITH ${present}
SELECT coalesce(kept."points", 0)::float8 AS "used", present."window"::float8, "resetSeconds"
FROM present LEFT JOIN "rateLimit" AS kept ON kept."key" = $3 AND kept."window" = present."window"`;

export const giveBackPoints = `UPDATE "rateLimit" SET "points" = greatest(0, "points" - $3::bigint) WHERE "key" = $1 AND "window" = $2::bigint`;

// An hour's windows are kept, lest a clock that is set back meets none of its own.
export const removeOld = `DELETE FROM "rateLimit" WHERE "window" < (extract(epoch FROM clock_timestamp()) - 3600) / $1::int`;
