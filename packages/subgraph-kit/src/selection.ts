import { collectSubFields } from '@graphql-tools/utils';
import type { FieldNode, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { Entity } from './entity.ts';

/** What was asked of a connection: the columns of its rows, and whether anybody wants the rows or their number. */
export interface ConnectionSelection {
  columns: string[];
  rows: boolean;
  totalCount: boolean;
}

/** graphql-js makes one fieldNodes array for a field of an operation, however many objects it is resolved on. */
const columnsBySelection = new WeakMap<readonly FieldNode[], Map<string, string[]>>();

/** The columns of `entity` that the fields selected under the present field need; `id` always. */
export function selectedColumns(entity: Entity, info: GraphQLResolveInfo): string[] {
  const known = columnsBySelection.get(info.fieldNodes) ?? new Map<string, string[]>();
  columnsBySelection.set(info.fieldNodes, known);
  const columns = known.get(entity.type) ?? columnsFor(entity, fieldsUnder(info, entity.type, info.fieldNodes));
  known.set(entity.type, columns);
  return columns;
}

/** The same for a field that answers `<Type>Connection`. */
export function connectionSelection(entity: Entity, info: GraphQLResolveInfo): ConnectionSelection {
  const fields = fieldsUnder(info, `${entity.type}Connection`, info.fieldNodes);
  const edges = named(fields, 'edges');
  const nodes = [...named(fields, 'nodes'), ...named(fieldsUnder(info, `${entity.type}Edge`, edges), 'node')];
  return {
    columns: columnsFor(entity, fieldsUnder(info, entity.type, nodes)),
    rows: fields.some((field) => ['nodes', 'edges', 'pageInfo'].includes(field.name.value)),
    totalCount: named(fields, 'totalCount').length > 0,
  };
}

function columnsFor(entity: Entity, fields: FieldNode[]): string[] {
  const columns = new Set(['id']);
  for (const { name: { value: field } } of fields) {
    for (const column of [field, `${field}Id`, `${field.replace(/s$/, '')}Ids`, ...(entity.needs[field] ?? [])]) {
      if (Object.hasOwn(entity.columns, column)) columns.add(column);
    }
  }
  return [...columns].sort();
}

function fieldsUnder(info: GraphQLResolveInfo, typeName: string, parents: readonly FieldNode[]): FieldNode[] {
  const type = info.schema.getType(typeName) as GraphQLObjectType;
  const { fields } = collectSubFields(info.schema, info.fragments, info.variableValues, type, [...parents]);
  return [...fields.values()].flat();
}

function named(fields: FieldNode[], name: string): FieldNode[] {
  return fields.filter((field) => field.name.value === name);
}
