import { Kind, valueFromASTUntyped, type OperationDefinitionNode, type ValueNode } from 'graphql';

/** The variables of a request, with defaults or without; nothing is taken for granted of them. */
export type Variables = Readonly<Record<string, unknown>>;

export interface OperationVariables {
  /** The value of a variable; that of its default when it is not given, undefined when there is none. */
  read(name: string, variables: Variables): unknown;
  /** A value of the document: at once, unless it is a variable. */
  value(node: ValueNode): { readonly constant: unknown } | { read(this: void, variables: Variables): unknown };
}

export function operationVariables({ variableDefinitions = [] }: OperationDefinitionNode): OperationVariables {
  const defaults = new Map(variableDefinitions.map(({ variable, defaultValue }) => [variable.name.value, defaultValue && valueFromASTUntyped(defaultValue)]));
  // Not what objects have of themselves: a variable may be called `constructor`.
  const read = (name: string, variables: Variables) => (Object.hasOwn(variables, name) && variables[name] !== undefined ? variables[name] : defaults.get(name));
  return {
    read,
    value: (node) => (node.kind === Kind.VARIABLE ? { read: (variables) => read(node.name.value, variables) } : { constant: valueFromASTUntyped(node) }),
  };
}
