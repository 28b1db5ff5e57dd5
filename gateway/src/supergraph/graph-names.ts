import { Kind, valueFromASTUntyped, type ConstDirectiveNode, type DocumentNode } from 'graphql';

/** The subgraphs of a supergraph: their names by what `join__` directives call them (`WORKFLOW` → `workflow`). */
export function graphNames({ definitions }: DocumentNode): ReadonlyMap<string, string> {
  const graphs = definitions.find((each) => each.kind === Kind.ENUM_TYPE_DEFINITION && each.name.value === 'join__Graph');
  const values = graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : [];
  return new Map(values.flatMap(({ name, directives }) => {
    const graph = directives?.find((directive) => directive.name.value === 'join__graph');
    const subgraph = graph && textArgument(graph, 'name');
    return subgraph === undefined ? [] : [[name.value, subgraph] as const];
  }));
}

export function textArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const argument = directive.arguments?.find((each) => each.name.value === name);
  return argument && String(valueFromASTUntyped(argument.value));
}
