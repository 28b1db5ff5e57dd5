import type pg from 'pg';

/** One thing in a database, as a phrase that two databases share when they agree on it. */
export interface Part {
  readonly kind: 'column' | 'default' | 'enum' | 'key' | 'index' | 'reference';
  readonly says: string;
}

/** The tables of the schema `public` with columns, defaults, enums, keys, indexes and foreign keys; partitions count as their table. */
export async function structureOf(client: pg.Client): Promise<Part[]> {
  const { rows } = await client.query<Part>(`
    WITH tables AS (
      SELECT oid, relname FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> '_prisma_migrations'
    ), indexes AS (
      SELECT relname AS table, indisprimary, indisunique,
        (SELECT string_agg(pg_get_indexdef(indexrelid, position, true), ', ' ORDER BY position) FROM generate_series(1, indnkeyatts) AS position) AS columns
      FROM pg_index JOIN tables ON oid = indrelid WHERE indpred IS NULL AND NOT indisexclusion
    )
    SELECT 'column' AS kind, format('column "%s"."%s" %s%s', relname, attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END) AS says
      FROM pg_attribute JOIN tables ON tables.oid = attrelid WHERE attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT 'default', format('default of "%s"."%s": %s', relname, attname, pg_get_expr(adbin, adrelid))
      FROM pg_attrdef JOIN tables ON tables.oid = adrelid JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE attgenerated = ''
    UNION ALL
    SELECT 'enum', format('enum "%s" of %s', typname, (SELECT string_agg(enumlabel, ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = pg_type.oid))
      FROM pg_type WHERE typtype = 'e' AND typnamespace = 'public'::regnamespace
    UNION ALL
    SELECT CASE WHEN indisprimary THEN 'key' ELSE 'index' END,
      format('%s on "%s" (%s)', CASE WHEN indisprimary THEN 'primary key' WHEN indisunique THEN 'unique index' ELSE 'index' END, indexes.table, columns) FROM indexes
    UNION ALL
    SELECT 'reference', format('on "%s": %s', relname, pg_get_constraintdef(pg_constraint.oid)) FROM pg_constraint JOIN tables ON tables.oid = conrelid
      WHERE contype = 'f'`);
  return rows;
}
