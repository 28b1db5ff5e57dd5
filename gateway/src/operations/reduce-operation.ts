import {
  Kind, TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
const nothing: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [] };

/**
 * An operation without the fields that `isLeftOut` names, and without fragments and variables that nothing uses then. A field whose
 * fields are all left out keeps `__typename`. Undefined when nothing but that is left of the whole.
 */
export function reduceOperation(schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Fragments, isLeftOut: (parentType: string, field: string) => boolean): DocumentNode | undefined {
  const typeInfo = new TypeInfo(schema);
  const reduced = visit({ kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] } as DocumentNode, visitWithTypeInfo(typeInfo, {
    Field: { enter: ({ name: { value: name } }) => (isLeftOut(typeInfo.getParentType()?.name ?? '', name) ? null : undefined) },
    SelectionSet: { leave: (node) => (node.selections.length === 0 ? { ...node, selections: [typename] } : undefined) },
  }));
  const [root, ...rest] = reduced.definitions as [OperationDefinitionNode, ...FragmentDefinitionNode[]];
  const known = new Map(rest.map((fragment) => [fragment.name.value, fragment]));
  if (!asksForData(root.selectionSet, known)) return undefined;

  const used = reachable(root.selectionSet, known);
  const variables = variablesIn([root, ...used]);
  const variableDefinitions = (root.variableDefinitions ?? []).filter(({ variable }) => variables.has(variable.name.value));
  return { kind: Kind.DOCUMENT, definitions: [{ ...root, variableDefinitions }, ...used] };
}

function reachable(root: SelectionSetNode, fragments: Fragments): FragmentDefinitionNode[] {
  const found = new Map<string, FragmentDefinitionNode>();
  const follow = (set: SelectionSetNode) => visit(set, {
    FragmentSpread({ name: { value: name } }) {
      const fragment = fragments.get(name);
      if (!fragment || found.has(name)) return;
      found.set(name, fragment);
      follow(fragment.selectionSet);
    },
  });
  follow(root);
  return [...found.values()];
}

function asksForData({ selections }: SelectionSetNode, fragments: Fragments): boolean {
  return selections.some((selection) => {
    switch (selection.kind) {
      case Kind.FIELD: return selection.name.value !== '__typename';
      case Kind.INLINE_FRAGMENT: return asksForData(selection.selectionSet, fragments);
      case Kind.FRAGMENT_SPREAD: return asksForData(fragments.get(selection.name.value)?.selectionSet ?? nothing, fragments);
    }
  });
}

function variablesIn(definitions: readonly (OperationDefinitionNode | FragmentDefinitionNode)[]): ReadonlySet<string> {
  const found = new Set<string>();
  // Where variables are defined they are not used.
  visit({ kind: Kind.DOCUMENT, definitions }, { VariableDefinition: () => false, Variable: ({ name }) => void found.add(name.value) });
  return found;
}
