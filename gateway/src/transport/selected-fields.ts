import { isAbstractType, isObjectType, Kind, valueFromASTUntyped, type FieldNode, type GraphQLSchema, type OperationDefinitionNode, type SelectionNode } from 'graphql';

/** The values of an operation's variables, by name. */
type Variables = Readonly<Record<string, unknown>>;

/** What `given` leaves out has its default. */
export function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, given: Variables): Variables {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) => (defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : []));
  return { ...Object.fromEntries(defaults), ...given };
}

/** The fields that `selections` ask of an object of a type: those of fragments on it too, those that are skipped not. */
export function selectedFields(schema: GraphQLSchema, typeName: string, selections: readonly SelectionNode[], variables: Variables): FieldNode[] {
  return selections.filter((selection) => isIncluded(selection, variables)).flatMap((selection) => {
    switch (selection.kind) {
      case Kind.FIELD: return [selection];
      case Kind.INLINE_FRAGMENT: return applies(schema, typeName, selection.typeCondition?.name.value ?? typeName) ? selectedFields(schema, typeName, selection.selectionSet.selections, variables) : [];
      case Kind.FRAGMENT_SPREAD: throw new Error('the planner writes no named fragments');
    }
  });
}

function applies(schema: GraphQLSchema, typeName: string, condition: string): boolean {
  const [type, wanted] = [schema.getType(typeName), schema.getType(condition)];
  return typeName === condition || (isObjectType(type) && isAbstractType(wanted) && schema.isSubType(wanted, type));
}

function isIncluded({ directives = [] }: SelectionNode, variables: Variables): boolean {
  return directives.every(({ name, arguments: [condition] = [] }) => {
    const value = condition && valueFromASTUntyped(condition.value, variables);
    return name.value === 'include' ? value !== false : name.value !== 'skip' || value !== true;
  });
}
