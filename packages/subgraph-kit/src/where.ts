import sql, { type Sql, join } from 'sql-template-tag';
import { name, referencedType, type Entity } from './entity.ts';
import { invalid } from './errors.ts';
import { assertIdOf } from './type-ids.ts';

/** A `<Type>Filter` as GraphQL hands it over: conditions by field, and AND, OR, NOT. */
export type Filter = Readonly<Record<string, unknown>>;

const maxListed = 500;
const maxConditions = 100;
const maxDepth = 8;

/**
 * The SQL of a filter. A row either matches or does not, there is no third answer: `ne` and `notIn` let rows without
 * a value through, NOT is everything that the inner filter leaves out, so that a filter and its opposite add up.
 */
export function whereSql(entity: Entity, filter: Filter | null | undefined): Sql | undefined {
  if (!filter) return undefined;
  const budget = { conditions: maxConditions };
  return combine(entity, filter, 'where', budget, 1);
}

function combine(entity: Entity, filter: Filter, path: string, budget: { conditions: number }, depth: number): Sql {
  if (depth > maxDepth) throw invalid(path, `filters nest at most ${maxDepth} deep`);
  const parts = Object.entries(filter).flatMap(([key, value]): Sql[] => {
    const at = `${path}.${key}`;
    if (value === null || value === undefined) {
      if (value === null) throw invalid(at, 'must not be null; leave it out, or use isNull');
      return [];
    }
    if (key === 'NOT') return [sql`(${combine(entity, value as Filter, at, budget, depth + 1)}) IS NOT TRUE`];
    if (key === 'AND' || key === 'OR') {
      const inner = (value as Filter[]).map((each, i) => combine(entity, each, `${at}.${i}`, budget, depth + 1));
      if (inner.length === 0) return [key === 'AND' ? sql`TRUE` : sql`FALSE`];
      return [sql`(${join(inner, key === 'AND' ? ' AND ' : ' OR ')})`];
    }
    return Object.entries(value as Filter).flatMap(([operator, operand]) => {
      if (operand === undefined) return [];
      if (--budget.conditions < 0) throw invalid(path, `a filter has at most ${maxConditions} conditions`);
      return [condition(entity, key, operator, operand, `${at}.${operator}`)];
    });
  });
  return parts.length === 0 ? sql`TRUE` : sql`(${join(parts, ' AND ')})`;
}

function condition(entity: Entity, column: string, operator: string, operand: unknown, path: string): Sql {
  const kind = Object.hasOwn(entity.columns, column) ? entity.columns[column] : undefined;
  if (!kind) throw new Error(`${entity.type} has a filter field ${column} but no such column`);
  if (operand === null) throw invalid(path, 'must not be null; use isNull');
  checkOperand(operand, column === 'id' ? entity.type : referencedType(kind), path);

  const left = name(column);
  switch (operator) {
    case 'eq': return sql`${left} = ${operand}`;
    case 'ne': return sql`${left} IS DISTINCT FROM ${operand}`;
    case 'in': return sql`${left} = ANY(${operand})`;
    case 'notIn': return sql`(${left} = ANY(${operand})) IS NOT TRUE`;
    case 'gt': return sql`${left} > ${operand}`;
    case 'gte': return sql`${left} >= ${operand}`;
    case 'lt': return sql`${left} < ${operand}`;
    case 'lte': return sql`${left} <= ${operand}`;
    case 'contains': return sql`${left} ILIKE ${`%${escapeLike(operand as string)}%`}`;
    case 'startsWith': return sql`${left} ILIKE ${`${escapeLike(operand as string)}%`}`;
    case 'has': return sql`${left} @> ${[operand]}`;
    case 'hasAny': return sql`${left} && ${operand}`;
    case 'isNull': return operand ? sql`${left} IS NULL` : sql`${left} IS NOT NULL`;
    default: throw new Error(`${path}: the kit has no operator ${operator}`);
  }
}

function checkOperand(operand: unknown, idOf: Parameters<typeof assertIdOf>[0] | undefined, path: string): void {
  const values: unknown[] = Array.isArray(operand) ? operand : [operand];
  if (values.length > maxListed) throw invalid(path, `lists ${values.length} values; at most ${maxListed} are allowed`);
  for (const value of values) {
    if (typeof value !== 'string') continue;
    if (value.includes('\0')) throw invalid(path, 'must not contain the character U+0000');
    if (idOf) assertIdOf(idOf, value, path);
  }
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (special) => `\\${special}`);
}
