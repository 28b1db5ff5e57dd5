import { Kind, visit, type DefinitionNode, type FieldNode, type FragmentDefinitionNode, type NameNode, type SelectionNode } from 'graphql';
import type { InnerKey } from './inner-keys.ts';

// The planner has a variable of this name itself, for what it sends of entities.
const taken = 'representations';
const instead = 'representations__as_0';

/** An operation, or a fragment of it, as the planner gets it: the same for subgraphs, without what the planner gets wrong. */
export function innerOperation<D extends DefinitionNode>(definition: D, innerKey: InnerKey): D {
  return visit(definition, {
    SelectionSet: (set) => (set.selections.some(isNever) ? { ...set, selections: set.selections.filter((each) => !isNever(each)) } : undefined),
    Variable: ({ name, ...variable }) => (name.value === taken ? { ...variable, name: named(instead) } : undefined),
    Field: { leave: (field) => apart(keyed(field, innerKey(field))) },
  });
}

export function innerFragments(fragments: ReadonlyMap<string, FragmentDefinitionNode>, innerKey: InnerKey): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map([...fragments].map(([name, fragment]) => [name, innerOperation(fragment, innerKey)]));
}

/** The values of variables by the names that `innerOperation` gives them. */
export function innerVariables(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.hasOwn(variables, taken) ? { ...variables, [instead]: variables[taken] } : variables;
}

function keyed({ alias: _, ...field }: FieldNode, key: string): FieldNode {
  return key === field.name.value ? field : { ...field, alias: named(key) };
}

/**
 * A field that `@skip`s or `@include`s, with a fragment around it that does. The planner (2.14) forgets the condition of a field, not
 * that of a fragment, when it works out what the field `@requires`: it would not fetch anything for entities of which that has not been fetched.
 */
function apart(field: FieldNode): SelectionNode {
  const conditions = field.directives?.filter(({ name: { value: name } }) => name === 'skip' || name === 'include') ?? [];
  if (conditions.length === 0) return field;
  const bare: FieldNode = { ...field, directives: field.directives?.filter((each) => !conditions.includes(each)) ?? [] };
  return { kind: Kind.INLINE_FRAGMENT, directives: conditions, selectionSet: { kind: Kind.SELECTION_SET, selections: [bare] } };
}

/** What is left out whatever the variables are: the planner would have others wait for what it `@requires`, too. */
function isNever({ directives = [] }: SelectionNode): boolean {
  return directives.some(({ name, arguments: [condition] = [] }) => condition?.value.kind === Kind.BOOLEAN && condition.value.value === (name.value === 'skip'));
}

function named(value: string): NameNode {
  return { kind: Kind.NAME, value };
}
