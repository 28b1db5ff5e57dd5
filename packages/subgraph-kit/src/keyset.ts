import sql, { type Sql, join, raw } from 'sql-template-tag';
import { bareKind, name, type Columns, type Entity, type Order } from './entity.ts';
import { invalid } from './errors.ts';

/** `[{ field, direction }]` as GraphQL hands it over. */
export type OrderArgument = readonly { readonly field: string; readonly direction?: 'ASC' | 'DESC' | null | undefined }[];

/** The columns a list is ordered by: those asked for, else newest first; `id` last, so that no two rows tie. */
export function orderOf(entity: Entity, orderBy: OrderArgument | null | undefined): Order {
  const order = (orderBy ?? []).map(({ field, direction }) => ({ column: entity.orderBy[field] as string, descending: direction === 'DESC' }));
  const twice = order.find(({ column }, i) => order.findIndex((other) => other.column === column) < i);
  if (twice) throw invalid('orderBy', `names ${twice.column} twice`);
  const first = order[0] ?? { column: entity.newest, descending: true };
  return [...(order.length ? order : [first]), { column: 'id', descending: first.descending }];
}

export function reversed(order: Order): Order {
  return order.map(({ column, descending }) => ({ column, descending: !descending }));
}

/** ORDER BY. PostgreSQL treats null as the largest value in both directions, and so does `beyond`. */
export function orderSql(order: Order): Sql {
  return join(order.map(({ column, descending }) => sql`${name(column)} ${raw(descending ? 'DESC' : 'ASC')}`));
}

/**
 * The condition on rows that lie behind a cursor's row in `order`: keyset paging, so the cursor's row may be gone.
 * One row comparison where an index can serve it; spelled out where directions differ or a value may be missing.
 */
export function beyond(entity: Entity, order: Order, values: readonly unknown[]): Sql {
  const plain = order.every(({ column, descending }) => descending === order[0]?.descending && !mayBeNull(entity.columns, column));
  if (plain) {
    const columns = join(order.map(({ column }) => name(column)));
    return sql`(${columns}) ${raw(order[0]?.descending ? '<' : '>')} (${join([...values])})`;
  }
  const alternatives = order.map((last, i) => {
    const equal = order.slice(0, i).map(({ column }, j) => sql`${name(column)} IS NOT DISTINCT FROM ${values[j]}`);
    return sql`(${join([...equal, after(entity, last, values[i])], ' AND ')})`;
  });
  return sql`(${join(alternatives, ' OR ')})`;
}

function after(entity: Entity, { column, descending }: Order[number], value: unknown): Sql {
  if (value === null) return descending ? sql`${name(column)} IS NOT NULL` : sql`FALSE`;
  if (descending) return sql`${name(column)} < ${value}`;
  return mayBeNull(entity.columns, column) ? sql`(${name(column)} > ${value} OR ${name(column)} IS NULL)` : sql`${name(column)} > ${value}`;
}

/** An opaque cursor: the row's values in `order`, bound to the type and the order. */
export function encodeCursor(entity: Entity, order: Order, row: Readonly<Record<string, unknown>>): string {
  return Buffer.from(JSON.stringify([signature(entity, order), ...order.map(({ column }) => row[column])])).toString('base64url');
}

/** The values inside a cursor; BAD_USER_INPUT when it is not one, or was made under another order. */
export function decodeCursor(entity: Entity, order: Order, cursor: string, argument: string): unknown[] {
  const [made, ...values] = parseCursor(cursor);
  if (typeof made !== 'string' || !made.startsWith(`${entity.type}:`)) throw invalid(argument, `is not a cursor of ${entity.type}`);
  if (made !== signature(entity, order)) throw invalid(argument, 'was made under another orderBy; page with the order that the cursor comes from');
  const sound = values.length === order.length && order.every(({ column }, i) => fits(entity.columns[column] as string, values[i]));
  if (!sound) throw invalid(argument, `is not a cursor of ${entity.type}`);
  return values;
}

function parseCursor(cursor: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function fits(column: string, value: unknown): boolean {
  if (value === null) return column.endsWith('?');
  switch (bareKind(column as 'text')) {
    case 'int': return Number.isSafeInteger(value);
    case 'float': return Number.isFinite(value);
    case 'date': return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
    case 'time': return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    case 'bigint': return typeof value === 'string' && /^-?\d{1,19}$/.test(value);
    case 'decimal': return typeof value === 'string' && /^-?\d{1,38}(\.\d{1,30})?$/.test(value);
    default: return typeof value === 'string' && !value.includes('\0');
  }
}

function signature(entity: Entity, order: Order): string {
  return `${entity.type}:${order.map(({ column, descending }) => (descending ? '-' : '+') + column).join('')}`;
}

function mayBeNull(columns: Columns, column: string): boolean {
  return columns[column]?.endsWith('?') ?? false;
}
