import { isAbstractType, Kind, type DirectiveNode, type FieldNode, type FragmentDefinitionNode, type GraphQLObjectType, type GraphQLSchema, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { OperationVariables, Variables } from './variables.ts';

/** A variable that has to be true, or false, for a field to be asked for. */
interface Condition {
  readonly variable: string;
  readonly is: boolean;
}

/** A field where it is written, and all that has to hold for it. */
export interface WrittenField {
  readonly node: FieldNode;
  readonly conditions: readonly Condition[];
}

/** A selection set where it is written. */
interface WrittenSet {
  readonly set: SelectionSetNode;
  readonly conditions: readonly Condition[];
}

/** What is selected of an object, in all places together. */
export interface Selections {
  readonly written: readonly WrittenSet[];
  /** What `__typename` is called in the answer, if it is asked for whatever the type and the variables. */
  readonly typename: string | undefined;
}

export function selectionsOf(written: readonly WrittenSet[]): Selections {
  const typename = written.flatMap(({ set }) => set.selections)
    .find((each) => each.kind === Kind.FIELD && each.name.value === '__typename' && !each.directives?.length);
  return { written, typename: typename?.kind === Kind.FIELD ? (typename.alias ?? typename.name).value : undefined };
}

export interface Collecting {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The fields of an object by their name in the answer, those that are merged together (GraphQL specification, CollectFields, section 6.3.2). */
export function collectFields({ schema, fragments }: Collecting, type: GraphQLObjectType, { written }: Selections): Map<string, [WrittenField, ...WrittenField[]]> {
  const collected = new Map<string, [WrittenField, ...WrittenField[]]>();
  const spread = new Set<string>();

  function collect({ selections }: SelectionSetNode, conditions: readonly Condition[]): void {
    for (const selection of selections) {
      const all = allConditions(conditions, selection);
      if (!all) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const same = collected.get(key);
        if (same) same.push({ node: selection, conditions: all });
        else collected.set(key, [{ node: selection, conditions: all }]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (!selection.typeCondition || applies(selection.typeCondition.name.value)) collect(selection.selectionSet, all);
      } else {
        const fragment = fragments.get(selection.name.value);
        const once = `${selection.name.value} ${all.map(({ variable, is }) => `${is}${variable}`).join()}`;
        if (!fragment || spread.has(once) || !applies(fragment.typeCondition.name.value)) continue;
        spread.add(once);
        collect(fragment.selectionSet, all);
      }
    }
  }

  function applies(condition: string): boolean {
    if (condition === type.name) return true;
    const conditional = schema.getType(condition);
    return isAbstractType(conditional) && schema.isSubType(conditional, type);
  }

  for (const { set, conditions } of written) collect(set, conditions);
  return collected;
}

/** Whether any of the places asks for the field; what is no boolean leaves it in. Undefined: always. */
export function inclusion(written: readonly WrittenField[], operation: OperationVariables): ((variables: Variables) => boolean) | undefined {
  if (written.some(({ conditions }) => conditions.length === 0)) return undefined;
  return (variables) => written.some(({ conditions }) => conditions.every(({ variable, is }) => operation.read(variable, variables) !== !is));
}

/** Those of a selection too; undefined when it is never asked for. */
function allConditions(conditions: readonly Condition[], { directives = [] }: SelectionNode): readonly Condition[] | undefined {
  if (directives.length === 0) return conditions;
  const own = directives.map(conditionOf).filter((condition) => condition !== true);
  return own.includes(false) ? undefined : [...conditions, ...own.filter((condition) => typeof condition === 'object')];
}

function conditionOf({ name, arguments: [condition] = [] }: DirectiveNode): Condition | boolean {
  if (name.value !== 'skip' && name.value !== 'include') return true;
  const is = name.value === 'include';
  if (condition?.value.kind === Kind.VARIABLE) return { variable: condition.value.name.value, is };
  return condition?.value.kind !== Kind.BOOLEAN || condition.value.value === is;
}
