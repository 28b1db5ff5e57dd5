import { Kind, visit, type DefinitionNode, type DirectiveNode, type FieldNode, type NameNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { InnerKey } from './inner-keys.ts';

// The planner has a variable of this name itself, for what it sends of entities.
const taken = 'representations';
const instead = 'representations__as_0';

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Values of variables that are settled. */
type Settled = Readonly<Record<string, boolean>>;

/** An operation, or a fragment of it, as the planner gets it: by inner keys, and without the conditions that are settled. */
export function innerOperation<D extends DefinitionNode>(definition: D, innerKey: InnerKey, settled: Settled): D {
  const keyed = visit(definition, {
    SelectionSet: (set) => withSelections(set, unconditional(set.selections.filter((each) => isIn(each, settled)), settled)),
    Directive: (directive) => (decided(directive, settled) === undefined ? undefined : null),
    Field: { leave: (field) => withKey(field, innerKey(field)) },
  });
  return visit(keyed, { Variable: ({ name, ...variable }) => (name.value === taken ? { ...variable, name: named(instead) } : undefined) });
}

/** The values of variables by the names that `innerOperation` gives them. */
export function innerVariables(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.hasOwn(variables, taken) ? { ...variables, [instead]: variables[taken] } : variables;
}

function withSelections(set: SelectionSetNode, selections: readonly SelectionNode[]): SelectionSetNode | undefined {
  return selections.length === set.selections.length && selections.every((each, i) => each === set.selections[i]) ? undefined : { ...set, selections };
}

/**
 * With `__typename`, if each of the others may be left out: of an object without any field the planner (2.14) does not ask whether it is there,
 * and a mutation that answers with it does not run.
 */
function unconditional(selections: readonly SelectionNode[], settled: Settled): readonly SelectionNode[] {
  const isSure = ({ directives = [] }: SelectionNode) => directives.every((directive) => !isCondition(directive) || decided(directive, settled) === true);
  return selections.some(isSure) ? selections : [typename, ...selections];
}

function withKey(field: FieldNode, key: string): FieldNode | undefined {
  if (key === (field.alias ?? field.name).value) return undefined;
  return { ...field, alias: named(key) };
}

function isIn({ directives = [] }: SelectionNode, settled: Settled): boolean {
  return directives.every((directive) => decided(directive, settled) !== false);
}

/** Whether a condition leaves its selection in; undefined when that is not settled, or it is no condition. */
function decided(directive: DirectiveNode, settled: Settled): boolean | undefined {
  if (!isCondition(directive)) return undefined;
  const { name, arguments: [condition] = [] } = directive;
  const value = condition?.value.kind === Kind.VARIABLE ? settled[condition.value.name.value] : condition?.value.kind === Kind.BOOLEAN ? condition.value.value : undefined;
  return value === undefined ? undefined : value === (name.value === 'include');
}

function isCondition({ name }: DirectiveNode): boolean {
  return name.value === 'skip' || name.value === 'include';
}

function named(value: string): NameNode {
  return { kind: Kind.NAME, value };
}
