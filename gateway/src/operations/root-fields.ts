import { Kind, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * The operation with its root fields one after the other, out of the fragments they are in, whose conditions are settled. The planner (2.14)
 * puts fragments on the same type together where the first of them is, and mutations would run in another order than they are written in.
 */
export function withRootFields(operation: OperationDefinitionNode, fragments: Fragments): OperationDefinitionNode {
  const flat = ({ selections }: SelectionSetNode): SelectionNode[] => selections.flatMap((selection) => {
    switch (selection.kind) {
      case Kind.FIELD: return [selection];
      case Kind.INLINE_FRAGMENT: return flat(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD: return flat(fragments.get(selection.name.value)?.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] });
    }
  });
  return { ...operation, selectionSet: { ...operation.selectionSet, selections: flat(operation.selectionSet) } };
}
