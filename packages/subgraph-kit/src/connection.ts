import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import sql, { type Sql, join } from 'sql-template-tag';
import { oncePerRequest, type KitContext } from './context.ts';
import { from, name, selected, type Entity, type Order, type RowOf } from './entity.ts';
import { beyond, decodeCursor, encodeCursor, orderOf, orderSql, reversed, type OrderArgument } from './keyset.ts';
import { pageOf, pageSize, type Page, type PageArguments } from './page.ts';
import { connectionSelection } from './selection.ts';
import { whereSql, type Filter } from './where.ts';

export interface ConnectionArguments extends PageArguments {
  where?: Filter | null | undefined;
  orderBy?: OrderArgument | null | undefined;
}

/** The parent whose rows a nested list holds: the column that refers to it (a list column holds it) and its id. */
export interface Parent<E extends Entity> {
  readonly column: keyof E['columns'] & string;
  readonly id: string;
}

/**
 * A connection (Relay Cursor Connections, section 4): the root list of `entity`, or the rows of one parent. The lists
 * of all parents that are asked for in one tick with the same arguments are one statement, with a LIMIT for each.
 */
export async function connection<E extends Entity>(
  context: KitContext, entity: E, args: ConnectionArguments, info: GraphQLResolveInfo, parent?: Parent<E>,
): Promise<Page<RowOf<E>>> {
  // graphql-js hands every parent of a list the same fieldNodes, so they stand for the field, its arguments and its selection.
  const list = oncePerRequest(context, info.fieldNodes, () => prepare(context, entity, args, info, parent?.column));
  const [rows, totalCount] = await Promise.all([
    list.wanted.rows ? list.rows.load(parent?.id ?? '') : [],
    list.wanted.totalCount ? list.counts.load(parent?.id ?? '') : 0,
  ]);
  return pageOf(rows, totalCount, args, list.limit, (row) => encodeCursor(entity, list.order, row));
}

function prepare<E extends Entity>(context: KitContext, entity: E, args: ConnectionArguments, info: GraphQLResolveInfo, column: string | undefined) {
  const limit = pageSize(args);
  const order = orderOf(entity, args.orderBy);
  const wanted = connectionSelection(entity, info);
  const columns = join([...new Set([...wanted.columns, ...order.map((by) => by.column)])].map((each) => selected(entity, each)));
  const sqlOrder = orderSql(args.last == null ? order : reversed(order));
  const filter = whereSql(entity, args.where);
  const matching = sql`"orgId" = ${context.principal.orgId}${filter ? sql` AND ${filter}` : sql``}`;
  const between = sql`${cursorSql(entity, order, args.after, 'after')}${cursorSql(entity, order, args.before, 'before')}`;

  // One row more than the page, to know whether another page follows.
  const rowsOf = (belongs: Sql): Sql =>
    sql`SELECT ${columns} FROM ${from(entity)} WHERE ${matching}${belongs}${between} ORDER BY ${sqlOrder} LIMIT ${limit + 1}`;
  const countOf = (belongs: Sql): Sql => sql`SELECT count(*)::int AS count FROM ${from(entity)} WHERE ${matching}${belongs}`;
  return {
    wanted, limit, order,
    rows: new DataLoader((parentIds: readonly string[]) => readPerParent<RowOf<E>>(context, parentIds, column && belongsTo(entity, column), rowsOf, sqlOrder)),
    counts: new DataLoader(async (parentIds: readonly string[]) => {
      const counts = await readPerParent<{ count: number }>(context, parentIds, column && belongsTo(entity, column), countOf, sql`count`);
      return counts.map((rows) => rows[0]?.count ?? 0);
    }),
  };
}

/** The rows of each parent, by one statement; without `belongs` there is no parent, and all rows are the one list. */
async function readPerParent<Row>(
  context: KitContext, parentIds: readonly string[], belongs: Sql | undefined | '', read: (belongs: Sql) => Sql, order: Sql,
): Promise<Row[][]> {
  if (!belongs) return [await context.sql.query<Row>(read(sql``))];
  const rows = await context.sql.query<Row & { parentPosition: string }>(sql`
    SELECT page.*, parent.position AS "parentPosition" FROM unnest(${parentIds}::text[]) WITH ORDINALITY AS parent(id, position)
    CROSS JOIN LATERAL (${read(sql` AND ${belongs}`)}) AS page ORDER BY parent.position, ${order}`);
  const lists = parentIds.map((): Row[] => []);
  for (const row of rows) lists[Number(row.parentPosition) - 1]?.push(row);
  return lists;
}

function cursorSql(entity: Entity, order: Order, cursor: string | null | undefined, argument: 'after' | 'before'): Sql {
  if (!cursor) return sql``;
  const values = decodeCursor(entity, order, cursor, argument);
  return sql` AND ${beyond(entity, argument === 'after' ? order : reversed(order), values)}`;
}

/** Inside the LATERAL: the row belongs to the parent of this turn. */
function belongsTo(entity: Entity, column: string): Sql {
  return entity.columns[column]?.endsWith('[]') ? sql`${name(column)} @> ARRAY[parent.id]` : sql`${name(column)} = parent.id`;
}
