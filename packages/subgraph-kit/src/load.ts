import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import sql, { type Sql, join } from 'sql-template-tag';
import { oncePerRequest, type KitContext } from './context.ts';
import { from, name, selected, type Entity, type RowOf } from './entity.ts';
import { selectedColumns } from './selection.ts';
import { assertIdOf, isIdOf, timeOfId } from './type-ids.ts';
import { fault, type UserFaults } from './user-faults.ts';

/** The root field `workflow(id:)`: the row, null when there is none; BAD_USER_INPUT for an id of another type. */
export function findById<E extends Entity>(context: KitContext, entity: E, id: string, info: GraphQLResolveInfo): Promise<RowOf<E> | null> {
  assertIdOf(entity.type, id, 'id');
  return load(context, entity, id, selectedColumns(entity, info));
}

/** A federation representation: the row, or null when the id leads nowhere. */
export async function resolveReference<E extends Entity>(context: KitContext, entity: E, id: string, info: GraphQLResolveInfo): Promise<RowOf<E> | null> {
  return isIdOf(entity.type, id) ? load(context, entity, id, selectedColumns(entity, info)) : null;
}

/** The row that a foreign key inside the domain refers to; null only when the key is. */
export function reference<E extends Entity>(context: KitContext, entity: E, id: string, info: GraphQLResolveInfo): Promise<RowOf<E>>;
export function reference<E extends Entity>(context: KitContext, entity: E, id: string | null, info: GraphQLResolveInfo): Promise<RowOf<E> | null>;
export async function reference<E extends Entity>(context: KitContext, entity: E, id: string | null, info: GraphQLResolveInfo): Promise<RowOf<E> | null> {
  return id === null ? null : load(context, entity, id, selectedColumns(entity, info));
}

/** The whole row as it is now, past the request's cache: what a mutation answers with. */
export async function reload<E extends Entity>(context: KitContext, entity: E, id: string): Promise<RowOf<E> | null> {
  context.loaders.clear();
  return load(context, entity, id, Object.keys(entity.columns));
}

/** The same of several rows, in the order of their ids in the list, by one statement; those that are not there are left out. */
export async function reloadAll<E extends Entity>(context: KitContext, entity: E, ids: readonly string[]): Promise<RowOf<E>[]> {
  context.loaders.clear();
  const rows = await Promise.all(ids.map((id) => load(context, entity, id, Object.keys(entity.columns))));
  return rows.filter((row) => row !== null);
}

/** Why an UPDATE or DELETE by id and expectedVersion has hit no row: it is not there, or somebody else was first. */
export async function updateMissed(context: KitContext, entity: Entity, id: string): Promise<UserFaults> {
  const row = await reload(context, entity, id);
  if (!row) return fault('NOT_FOUND', 'id', `id: leads to no ${entity.type}`);
  const changed = (row['updatedAt'] as Date).toISOString();
  return fault('CONFLICT', 'expectedVersion', `expectedVersion: it was changed at ${changed}; read it again and decide anew`);
}

interface Wanted {
  readonly id: string;
  readonly columns: readonly string[];
}

/** All loads of an entity in one tick are one statement, over the union of the columns they ask for. */
function load<E extends Entity>(context: KitContext, entity: E, id: string, columns: readonly string[]): Promise<RowOf<E> | null> {
  const loader = oncePerRequest(context, entity.type, () =>
    new DataLoader<Wanted, RowOf<E> | null, string>(
      async (wanted) => {
        const ids = [...new Set(wanted.map((each) => each.id))];
        const all = [...new Set(wanted.flatMap((each) => each.columns))];
        const rows = await context.sql.query<RowOf<E>>(byIds(entity, context.principal.orgId, ids, all));
        const byId = new Map(rows.map((row) => [row['id'] as string, row]));
        return wanted.map((each) => byId.get(each.id) ?? null);
      },
      { cacheKeyFn: (each) => `${each.id} ${each.columns.join()}`, maxBatchSize: 1_000 },
    ));
  return loader.load({ id, columns });
}

function byIds(entity: Entity, orgId: string, ids: string[], columns: string[]): Sql {
  const partition = entity.partitionedBy && sql` AND ${name(entity.partitionedBy)} = ANY(${ids.map(timeOfId)})`;
  return sql`SELECT ${join(columns.map((column) => selected(entity, column)))} FROM ${from(entity)} WHERE "orgId" = ${orgId} AND "id" = ANY(${ids})${partition ?? sql``}`;
}
