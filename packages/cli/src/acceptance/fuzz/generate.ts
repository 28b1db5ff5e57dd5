import type { Random } from '@forge/demo-data';
import { getNamedType, isInterfaceType, isLeafType, isObjectType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { generateArguments, type Ids } from './generate-values.ts';

/** Makes operations out of the schema, the same for the same random numbers. */
export function createGenerator(schema: GraphQLSchema, random: Random, ids: Ids): { query(): string; mutation(): string } {
  const fieldsOf = (type: GraphQLObjectType) => Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'));
  const queries = fieldsOf(schema.getQueryType() as GraphQLObjectType);
  const mutations = fieldsOf(schema.getMutationType() as GraphQLObjectType);

  const some = <T>(list: readonly T[], most: number): T[] => Array.from({ length: random.int(1, Math.min(most, list.length)) }, () => random.pick(list));

  /** A field with its arguments and what is asked of it; `alias` keeps the same field apart when it comes twice. */
  function field(parent: string, of: GraphQLField<unknown, unknown>, alias: string, depth: number): string {
    const args = generateArguments(random, ids, parent, of);
    const type = getNamedType(of.type);
    return `${alias}: ${of.name}${args}${isLeafType(type) ? '' : ` ${selection(type as GraphQLObjectType, depth)}`}`;
  }

  function selection(type: GraphQLObjectType, depth: number): string {
    if (isInterfaceType(type)) return '{ __typename id }';
    const all = fieldsOf(type);
    const leaves = all.filter(({ type: of, args }) => isLeafType(getNamedType(of)) && args.length === 0);
    const deeper = depth > 0 ? all.filter(({ type: of }) => isObjectType(getNamedType(of))) : [];
    const inner = type.name.endsWith('Connection') || type.name.endsWith('Payload') || type.name.endsWith('Edge') ? all.filter(({ name }) => ['nodes', 'edges', 'node', 'userErrors', 'pageInfo'].includes(name) || type.name.endsWith('Payload')) : [];
    const chosen = [...some(leaves.length > 0 ? leaves : all, 3), ...(inner.length > 0 ? some(inner, 2) : deeper.length > 0 ? some(deeper, 2) : [])];
    const nested = (of: GraphQLField<unknown, unknown>) => (inner.includes(of) ? depth : depth - 1);
    const parts = chosen.map((of, i) => field(type.name, of, `f${i}`, nested(of)));
    return `{ __typename ${parts.join(' ')} }`;
  }

  return {
    query: () => `{ ${some(queries, 3).map((of, i) => field('Query', of, `r${i}`, 3)).join(' ')} }`,
    mutation() {
      const of = random.pick(mutations);
      return `mutation { ${field('Mutation', of, 'r0', 1)} }`;
    },
  };
}
