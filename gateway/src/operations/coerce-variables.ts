import { coerceInputValue, GraphQLError, isInputType, isNonNullType, typeFromAST, valueFromAST, type GraphQLSchema, type OperationDefinitionNode, type VariableDefinitionNode } from 'graphql';
import { Refusal } from '../errors/refusal.ts';
import { withCode } from '../errors/with-code.ts';

// A page of faults is enough; each costs time.
const maxFaults = 10;
const longestShown = 100;

/**
 * The values of an operation's variables, with defaults for those that are not given (GraphQL specification, CoerceVariableValues, section
 * 6.1.2). Throws a Refusal that names each variable that does not fit, and why. Not by graphql-js's `getVariableValues`: with each fault
 * that prints all of the value around it, which for a large one takes most of a second and an answer of megabytes.
 */
export function coerceVariables(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const faults: GraphQLError[] = [];
  const add = (message: string, nodes: VariableDefinitionNode) => {
    faults.push(new GraphQLError(message, { nodes }));
    if (faults.length === maxFaults) throw refusalOf(faults);
  };

  const values = variableDefinitions.flatMap((definition): [string, unknown][] => {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) throw new Error('the document was not validated');
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) {
      if (definition.defaultValue) return [[name, valueFromAST(definition.defaultValue, type)]];
      if (isNonNullType(type)) add(`Variable "$${name}" of required type "${String(type)}" was not provided.`, definition);
      return [];
    }
    if (value === null && isNonNullType(type)) {
      add(`Variable "$${name}" of non-null type "${String(type)}" must not be null.`, definition);
      return [];
    }
    return [[name, coerceInputValue(value, type, (path, invalid, { message }) => {
      const place = path.length > 0 ? ` at "${name}${path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')}"` : '';
      add(`Variable "$${name}" got invalid value ${shown(invalid)}${place}; ${message}`, definition);
    })]];
  });
  if (faults.length > 0) throw refusalOf(faults);
  return Object.fromEntries(values);
}

function refusalOf(faults: readonly GraphQLError[]): Refusal {
  return new Refusal(faults.map((fault) => withCode(fault, 'BAD_USER_INPUT')));
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  return typeof value === 'string' ? JSON.stringify(value.length > longestShown ? `${value.slice(0, longestShown)}…` : value) : String(value);
}
