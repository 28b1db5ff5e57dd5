import {
  isAbstractType, isUnionType, Kind, TypeInfo, visit, visitWithTypeInfo, type DefinitionNode, type DirectiveNode, type FieldNode, type FragmentDefinitionNode, type GraphQLSchema,
  type NameNode, type SelectionNode,
} from 'graphql';
import type { InnerKey } from './inner-keys.ts';

// The planner has a variable of this name itself, for what it sends of entities.
const taken = 'representations';
const instead = 'representations__as_0';

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Values of variables that are settled. */
type Settled = Readonly<Record<string, boolean>>;

export interface InnerOptions {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** Those of the document. */
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly innerKey: InnerKey;
  readonly settled: Settled;
}

/** An operation, or a fragment of it, as the planner gets it: by inner keys, and without the conditions that are settled. */
export function innerOperation<D extends DefinitionNode>(definition: D, { schema, fragments, innerKey, settled }: InnerOptions): D {
  const typeInfo = new TypeInfo(schema);
  const keyed = visit(definition, visitWithTypeInfo(typeInfo, {
    SelectionSet: {
      enter: (set) => (set.selections.every((each) => isIn(each, settled)) ? undefined : { ...set, selections: set.selections.filter((each) => isIn(each, settled)) }),
      leave: (set) => (set.selections.some(isSure) ? undefined : { ...set, selections: [typename, ...set.selections] }),
    },
    Directive: (directive) => (decided(directive, settled) === undefined ? undefined : null),
    Field: { leave: (field) => withKey(field, innerKey(field)) },
  }));
  return visit(keyed, { Variable: ({ name, ...variable }) => (name.value === taken ? { ...variable, name: named(instead) } : undefined) });

  /**
   * Whether every object has it: of one without any field the planner (2.14) does not ask whether it is there, and a mutation that answers with
   * it does not run. Within a fragment something is sure, that having been seen to before.
   */
  function isSure(selection: SelectionNode): boolean {
    if (selection.directives?.some(isCondition)) return false;
    if (selection.kind === Kind.FIELD) return true;
    const on = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition : fragments.get(selection.name.value)?.typeCondition;
    const [type, parent] = [on && schema.getType(on.name.value), typeInfo.getParentType()];
    return on === undefined || type === parent || (isAbstractType(type) && !isUnionType(parent) && parent != null && schema.isSubType(type, parent));
  }
}

/** The values of variables by the names that `innerOperation` gives them. */
export function innerVariables(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.hasOwn(variables, taken) ? { ...variables, [instead]: variables[taken] } : variables;
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
