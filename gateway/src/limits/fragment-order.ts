import { GraphQLError, Kind, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/**
 * The fragments in an order in which each comes after those that it spreads; a GraphQLError instead when one spreads itself.
 * As deep as there are fragments, whose number is limited.
 */
export function orderFragments(fragments: ReadonlyMap<string, FragmentDefinitionNode>, nesting: number): FragmentDefinitionNode[] | GraphQLError {
  const ordered = new Map<string, FragmentDefinitionNode>();
  const path: string[] = [];

  function visit(fragment: FragmentDefinitionNode): GraphQLError | undefined {
    const name = fragment.name.value;
    if (ordered.has(name)) return undefined;
    const begun = path.indexOf(name);
    if (begun >= 0) return cycleError(path.slice(begun), fragment);
    path.push(name);
    for (const other of spreadNames(fragment.selectionSet, nesting)) {
      const spread = fragments.get(other);
      const cycle = spread && visit(spread);
      if (cycle) return cycle;
    }
    path.pop();
    ordered.set(name, fragment);
    return undefined;
  }

  for (const fragment of fragments.values()) {
    const cycle = visit(fragment);
    if (cycle) return cycle;
  }
  return [...ordered.values()];
}

function spreadNames({ selections }: SelectionSetNode, nesting: number, names = new Set<string>()): Set<string> {
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) names.add(selection.name.value);
    else if (selection.selectionSet && nesting > 0) spreadNames(selection.selectionSet, nesting - 1, names);
  }
  return names;
}

function cycleError([first = '', ...rest]: string[], node: FragmentDefinitionNode): GraphQLError {
  const by = rest.length > 0 ? `, by way of ${rest.join(', ')}` : '';
  return new GraphQLError(`The fragment ${first} spreads itself${by}: it would never end.`, { nodes: node, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
}
