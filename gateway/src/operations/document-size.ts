import { Kind, type DocumentNode, type SelectionSetNode } from 'graphql';

// What a document takes when it is prepared, for each character of its text, for each field when every fragment is written out, and in any case.
const [perCharacter, perField, atLeast] = [60, 300, 5_000];

/** How much memory a valid document takes when it is prepared, in bytes, roughly. */
export function documentSize(text: string, { definitions }: DocumentNode): number {
  const fragments = new Map(definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.selectionSet] as const] : [])));
  const counts = new Map<string, number>();
  const operations = definitions.flatMap((each) => (each.kind === Kind.OPERATION_DEFINITION ? [each.selectionSet] : []));
  return atLeast + text.length * perCharacter + operations.reduce((sum, set) => sum + fieldsIn(set), 0) * perField;

  function fieldsIn({ selections }: SelectionSetNode): number {
    return selections.reduce((sum, selection) => {
      switch (selection.kind) {
        case Kind.FIELD: return sum + 1 + (selection.selectionSet ? fieldsIn(selection.selectionSet) : 0);
        case Kind.INLINE_FRAGMENT: return sum + fieldsIn(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD: return sum + fieldsOf(selection.name.value);
      }
    }, 0);
  }

  function fieldsOf(fragment: string): number {
    const set = fragments.get(fragment);
    const count = counts.get(fragment) ?? (set ? fieldsIn(set) : 0);
    counts.set(fragment, count);
    return count;
  }
}
