import { isObjectType, type GraphQLObjectType } from 'graphql';
import { textArgument } from '../supergraph/graphs.ts';
import { nodeSubgraphName } from '../supergraph/node-schema.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** A type whose rows `Query.node` finds. */
export interface NodeType {
  readonly type: string;
  /** What its ids begin with, without the underscore. */
  readonly prefix: string;
  /** The subgraph that has the rows. */
  readonly owner: string;
}

/** The types that a supergraph lets `Query.node` find: those with `@typeId`, each owned by who lets it implement Node. */
export function readNodeTypes({ schema, subgraphs }: Pick<Supergraph, 'schema' | 'subgraphs'>): NodeType[] {
  const names = new Map(subgraphs.map(({ symbol, name }) => [symbol, name]));
  return Object.values(schema.getTypeMap()).filter(isObjectType).flatMap((type) => nodeType(type, names));
}

function nodeType({ name, astNode }: GraphQLObjectType, names: ReadonlyMap<string, string>): NodeType[] {
  const directives = astNode?.directives ?? [];
  const typeId = directives.find((each) => each.name.value === 'typeId');
  const prefix = typeId && textArgument(typeId, 'prefix');
  const owner = directives
    .filter((each) => each.name.value === 'join__implements' && textArgument(each, 'interface') === 'Node')
    .map((each) => names.get(textArgument(each, 'graph') ?? ''))
    .find((subgraph) => subgraph !== undefined && subgraph !== nodeSubgraphName);
  return prefix && owner ? [{ type: name, prefix, owner }] : [];
}
