import sql, { type Sql, raw } from 'sql-template-tag';
import type { TypeName } from './type-ids.ts';

/** What a column holds. `id:Worker` is an id of that type, `?` may be null, `[]` is a list. */
type Kind = 'text' | 'enum' | 'int' | 'bigint' | 'float' | 'decimal' | 'boolean' | 'time' | 'date' | 'json' | `id:${TypeName}`;
export type Column = Kind | `${Kind}?` | 'text[]' | 'enum[]' | 'int[]' | 'float[]' | 'float[]?' | `id:${TypeName}[]`;
export type Columns = Readonly<Record<string, Column>>;

type ValueOf<C extends Column> =
  C extends `${infer K extends Column}?` ? ValueOf<K> | null
  : C extends 'int[]' | 'float[]' ? number[]
  : C extends 'int' | 'float' ? number
  : C extends 'boolean' ? boolean
  : C extends 'time' ? Date
  : C extends 'json' ? unknown
  : C extends `${string}[]` ? string[]
  : string;

/** A row as the kit reads it: of the columns other than `id`, only those that were asked for are there. */
export type RowOf<E extends Entity> = { readonly [K in keyof E['columns'] & string]: ValueOf<E['columns'][K]> };

/** Column names, most significant first, and whether each runs downwards. */
export type Order = readonly { readonly column: string; readonly descending: boolean }[];

export interface Entity<C extends Columns = Columns> {
  readonly type: TypeName;
  readonly table: string;
  readonly columns: C;
  /** The values of the type's `OrderField` enum and the column that each orders by. */
  readonly orderBy: Readonly<Record<string, keyof C & string>>;
  /** The time column that makes "newest first", the default order. */
  readonly newest: keyof C & string;
  /** Columns that a computed field needs, by field. `foo` needs `fooId` without saying. */
  readonly needs: Readonly<Record<string, readonly (keyof C & string)[]>>;
  /** For a table partitioned by time: the column that equals the time inside the id, so that a look-up reads one partition. */
  readonly partitionedBy?: keyof C & string;
}

interface EntityData<C extends Columns> {
  type: TypeName;
  table: string;
  columns: C;
  orderBy: Readonly<Record<string, keyof (C & typeof always) & string>>;
  newest?: keyof (C & typeof always) & string;
  needs?: Readonly<Record<string, readonly (keyof (C & typeof always) & string)[]>>;
  partitionedBy?: keyof (C & typeof always) & string;
}

const always = { id: 'text', createdAt: 'time' } as const;

/** Describes an entity to the kit: its table, columns and orders. `id` and `createdAt` are there without saying. */
export function entity<const C extends Columns>(data: EntityData<C>): Entity<C & typeof always> {
  return { needs: {}, newest: 'createdAt', ...data, columns: { ...always, ...data.columns } };
}

/** The quoted name of a column or table that comes from an entity, never from a client. */
export function name(identifier: string): Sql {
  return raw(`"${identifier}"`);
}

/** A column as it stands in SELECT. The driver knows no arrays of an enum of ours. */
export function selected(entity: Entity, column: string): Sql {
  return entity.columns[column] === 'enum[]' ? sql`${name(column)}::text[] AS ${name(column)}` : name(column);
}

/** The table as it stands in FROM. */
export function from(entity: Entity): Sql {
  return sql`${name(entity.table)}`;
}

/** The kind without its `?` or `[]`. */
export function bareKind(column: Column): Kind {
  return column.replace(/(\[\])?\??$/, '') as Kind;
}

/** The type an `id:` column refers to, or undefined for any other column. */
export function referencedType(column: Column): TypeName | undefined {
  const kind = bareKind(column);
  return kind.startsWith('id:') ? (kind.slice(3) as TypeName) : undefined;
}
