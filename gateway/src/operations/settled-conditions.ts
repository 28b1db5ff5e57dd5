import { isObjectType, Kind, OperationTypeNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';

/** The names of the fields of a supergraph that `@requires` others: subgraphs are told those before they are asked. */
export function readRequiringFields(schema: GraphQLSchema): ReadonlySet<string> {
  const fields = Object.values(schema.getTypeMap()).filter(isObjectType).flatMap((type) => Object.values(type.getFields()));
  return new Set(fields.filter(({ astNode }) => astNode?.directives?.some(({ name, arguments: args = [] }) => name.value === 'join__field' && args.some((each) => each.name.value === 'requires'))).map(({ name }) => name));
}

/**
 * The variables by which `@skip` and `@include` leave out a field that requires others, or a mutation. Their values are settled before
 * there is a plan: where a fetch asks for several fields the planner (2.14) forgets the conditions of what each requires, and the plan has all
 * of them wait for what is not fetched because one is skipped; and mutations it may change the order of.
 */
export function settledConditions(requiring: ReadonlySet<string>, operation: OperationDefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): ReadonlySet<string> {
  const variables = new Set<string>();
  const known = new Map<string, boolean>();
  look(operation.selectionSet);
  if (operation.operation === OperationTypeNode.MUTATION) lookAtRoot(operation.selectionSet);
  return variables;

  function lookAtRoot({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      for (const name of conditionVariables(selection)) variables.add(name);
      const within = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (within && within.kind !== Kind.FIELD) lookAtRoot(within.selectionSet);
    }
  }

  /** Whether there is such a field in it. */
  function look({ selections }: SelectionSetNode): boolean {
    const found = selections.filter(requires);
    for (const name of found.flatMap(conditionVariables)) variables.add(name);
    return found.length > 0;
  }

  function requires(selection: SelectionNode): boolean {
    switch (selection.kind) {
      case Kind.FIELD: return (selection.selectionSet ? look(selection.selectionSet) : false) || requiring.has(selection.name.value);
      case Kind.INLINE_FRAGMENT: return look(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD: return lookInto(selection.name.value);
    }
  }

  function lookInto(name: string): boolean {
    const fragment = fragments.get(name);
    const found = known.get(name) ?? (fragment ? look(fragment.selectionSet) : false);
    known.set(name, found);
    return found;
  }
}

function conditionVariables({ directives = [] }: SelectionNode): string[] {
  return directives.filter(({ name: { value } }) => value === 'skip' || value === 'include').flatMap(({ arguments: [condition] = [] }) => (condition?.value.kind === Kind.VARIABLE ? [condition.value.name.value] : []));
}
