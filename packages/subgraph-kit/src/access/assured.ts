import { implies } from '@forge/auth';
import { getNamedType, isAbstractType, isObjectType, type GraphQLField, type GraphQLNamedType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { requirementsOn, type Requirement } from './requirement.ts';

/** A field that leads to a type, and what is checked when it does. */
interface Way {
  readonly from: string;
  readonly checked: readonly Requirement[];
}

/**
 * What everybody who gets hold of an object of a type has been checked for, whichever way they came: by type, and only for
 * types there is a way to. Found as the greatest fixed point: at first every type is taken to be out of reach.
 */
export function assuredRequirements(schema: GraphQLSchema): ReadonlyMap<string, readonly Requirement[]> {
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((type) => type != null);
  const assured = new Map<string, readonly Requirement[]>(roots.map(({ name }) => [name, []]));
  const ways = waysOf(schema);
  let before;
  do {
    before = JSON.stringify([...assured]);
    for (const [type, all] of ways) {
      const reached = all.flatMap(({ from, checked }) => (assured.has(from) ? [[...(assured.get(from) ?? []), ...checked]] : []));
      const [first, ...others] = reached;
      if (first) assured.set(type, distinct(others.reduce(common, first)));
    }
  } while (JSON.stringify([...assured]) !== before);
  return assured;
}

/** By type, every field that leads to it: also by way of an interface or a union it belongs to, whose name tells less of what has to hold. */
function waysOf(schema: GraphQLSchema): Map<string, Way[]> {
  const ways = new Map<string, Way[]>();
  for (const type of objectTypes(schema)) {
    for (const field of Object.values(type.getFields())) {
      const target = getNamedType(field.type);
      for (const reached of isAbstractType(target) ? schema.getPossibleTypes(target) : [target]) {
        if (!isObjectType(reached)) continue;
        const checked = isEntities(field) ? requirementsOn(reached) : [...requirementsOn(field), ...requirementsOn(target)];
        ways.set(reached.name, [...(ways.get(reached.name) ?? []), { from: type.name, checked }]);
      }
    }
  }
  return ways;
}

/** `Query._entities`, where each representation is checked for its own type. */
export function isEntities({ name }: GraphQLField<unknown, unknown>): boolean {
  return name === '_entities';
}

/** The types of a schema that have fields, but for GraphQL's own. */
export function objectTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values<GraphQLNamedType>(schema.getTypeMap()).filter(isObjectType).filter(({ name }) => !name.startsWith('__'));
}

/** What both assure, if only by the other's saying more. */
function common(a: readonly Requirement[], b: readonly Requirement[]): Requirement[] {
  return [...a.filter((each) => b.some((other) => implies(other, each))), ...b.filter((each) => a.some((other) => implies(other, each)))];
}

/** In an order of its own, so that the same is seen to be the same. */
function distinct(requirements: readonly Requirement[]): Requirement[] {
  const byText = new Map(requirements.map((each) => [JSON.stringify(each), each]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
