import type { Random } from '@forge/demo-data';
import { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLArgument, type GraphQLField, type GraphQLInputField, type GraphQLInputType } from 'graphql';

/** Where ids and cursors come from: of a type that the model gives for a place, or of any. */
export interface Ids {
  /** An id of `type`. */
  of(type: string): string;
  /** An id of any type. */
  any(): string;
  /** The type that the field of an entity refers to, such as Worker for `Workflow.createdById`; undefined for fields that are no reference. */
  referredBy(entity: string, field: string): string | undefined;
  cursorOf(type: string): string | undefined;
}

/** The arguments of a field, as text: what is required, and some of the rest. */
export function generateArguments(random: Random, ids: Ids, parent: string, { name, args, type }: GraphQLField<unknown, unknown>): string {
  const target = getNamedType(type).name;
  const entity = parent === 'Mutation' ? name.replace(/^(create|update|delete|archive|record)/, '') : target.replace(/Connection$/, '');
  const paging = random.chance(0.5) ? ['first', 'after'] : ['last', 'before'];
  const wanted = args.filter((argument) => isNonNullType(argument.type) || argument.name === paging[0] || (random.chance(0.4) && !['first', 'last', 'after', 'before'].includes(argument.name)) || (argument.name === paging[1] && random.chance(0.3)));
  const parts = wanted.flatMap((argument) => {
    const value = argumentValue(random, ids, entity, argument);
    return value === undefined ? [] : [`${argument.name}: ${value}`];
  });
  return parts.length > 0 ? `(${parts.join(', ')})` : '';
}

function argumentValue(random: Random, ids: Ids, entity: string, { name, type }: GraphQLArgument): string | undefined {
  if (name === 'first' || name === 'last') return String(random.int(1, 4));
  if (name === 'after' || name === 'before') {
    const cursor = ids.cursorOf(entity);
    return cursor && JSON.stringify(cursor);
  }
  if (name === 'id') return JSON.stringify(entity === 'Node' ? ids.any() : ids.of(entity));
  if (name === 'ids') return `[${JSON.stringify(ids.any())}, ${JSON.stringify(ids.any())}]`;
  return valueOf(random, ids, entity, name, type, 3);
}

function valueOf(random: Random, ids: Ids, entity: string, field: string, type: GraphQLInputType, depth: number): string {
  if (isNonNullType(type)) return valueOf(random, ids, entity, field, type.ofType, depth);
  if (isListType(type)) return `[${valueOf(random, ids, entity, field, type.ofType, depth)}]`;
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  if (isInputObjectType(type)) return objectValue(random, ids, entity, field, Object.values(type.getFields()), depth);
  switch (type.name) {
    case 'ID': return JSON.stringify(field === 'id' ? ids.of(entity) : idFor(ids, entity, field));
    case 'Int': return String(random.int(0, 3));
    case 'Float': return '0.5';
    case 'Boolean': return String(random.chance(0.5));
    case 'DateTime': return '"2026-11-01T00:00:00.000Z"';
    case 'Date': return '"2026-11-01"';
    case 'Decimal': case 'BigInt': return '"3"';
    case 'JSON': return '{}';
    case 'URL': return '"https://example.com/fuzz"';
    case 'EmailAddress': return `"fuzz-${random.int(0, 1e9)}@example.com"`;
    // A text may hold an id as well: scopeId, actorId.
    default: return JSON.stringify(/Id$/.test(field) ? ids.any() : `fuzz-${random.int(0, 1e9)}`);
  }
}

function idFor(ids: Ids, entity: string, field: string): string {
  const type = ids.referredBy(entity, field);
  return type ? ids.of(type) : ids.any();
}

function objectValue(random: Random, ids: Ids, entity: string, field: string, fields: readonly GraphQLInputField[], depth: number): string {
  const isFilter = fields.some(({ name }) => name === 'AND');
  const isOperators = fields.some(({ name }) => ['eq', 'has', 'isNull'].includes(name));
  const optional = fields.filter(({ type }) => !isNonNullType(type)).filter(({ name }) => depth > 0 || !['AND', 'OR', 'NOT'].includes(name));
  const extra = isFilter || isOperators ? [random.pick(optional)] : optional.filter(() => random.chance(0.3));
  const chosen = [...fields.filter(({ type }) => isNonNullType(type)), ...extra];
  const parts = [...new Set(chosen)].map((each) => {
    // The operators of a filter speak of the field they stand under.
    const about = isOperators ? field : each.name;
    return `${each.name}: ${valueOf(random, ids, entity, about, each.type, depth - 1)}`;
  });
  return `{ ${parts.join(', ')} }`;
}
