import { Kind, valueFromASTUntyped, type ConstDirectiveNode, type DocumentNode } from 'graphql';

/** A subgraph as the supergraph knows it. */
export interface Graph {
  /** What `join__` directives call it: `WORKFLOW`. */
  readonly symbol: string;
  readonly name: string;
  /** Where it was said to be when it was composed. */
  readonly url: string;
}

/** The subgraphs of a supergraph. */
export function readGraphs({ definitions }: DocumentNode): Graph[] {
  const graphs = definitions.find((each) => each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'join__Graph');
  const values = graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : [];
  return values.flatMap(({ name: symbol, directives }) => {
    const graph = directives?.find((directive) => directive.name.value === 'join__graph');
    const [name, url] = graph ? [textArgument(graph, 'name'), textArgument(graph, 'url')] : [];
    return name === undefined ? [] : [{ symbol: symbol.value, name, url: url ?? '' }];
  });
}

export function textArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const argument = directive.arguments?.find((each) => each.name.value === name);
  return argument && String(valueFromASTUntyped(argument.value));
}
