import { Kind, parse, type ObjectTypeDefinitionNode } from 'graphql';
import { readGraphs, textArgument } from '../supergraph/graphs.ts';
import { nodeSubgraphName } from '../supergraph/node-schema.ts';

/** A type whose rows `Query.node` finds. */
export interface NodeType {
  readonly type: string;
  /** What its ids begin with, without the underscore. */
  readonly prefix: string;
  /** The subgraph that has the rows. */
  readonly owner: string;
}

/** The types that a supergraph lets `Query.node` find: those with `@typeId`, each owned by who lets it implement Node. */
export function readNodeTypes(supergraphSdl: string): NodeType[] {
  const document = parse(supergraphSdl);
  const names = new Map(readGraphs(document).map(({ symbol, name }) => [symbol, name]));
  return document.definitions.filter((each) => each.kind === Kind.OBJECT_TYPE_DEFINITION).flatMap((type) => nodeType(type, names));
}

function nodeType({ name, directives = [] }: ObjectTypeDefinitionNode, names: ReadonlyMap<string, string>): NodeType[] {
  const typeId = directives.find((each) => each.name.value === 'typeId');
  const prefix = typeId && textArgument(typeId, 'prefix');
  const owner = directives
    .filter((each) => each.name.value === 'join__implements' && textArgument(each, 'interface') === 'Node')
    .map((each) => names.get(textArgument(each, 'graph') ?? ''))
    .find((subgraph) => subgraph !== undefined && subgraph !== nodeSubgraphName);
  return prefix && owner ? [{ type: name.value, prefix, owner }] : [];
}
