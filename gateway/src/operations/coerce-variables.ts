import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { Refusal } from '../errors/refusal.ts';
import { withCode } from '../errors/with-code.ts';

const maxFaults = 20;

/** The values of an operation's variables, with defaults for those that are not given. Throws a Refusal that names each variable that does not fit, and why. */
export function coerceVariables(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (variableDefinitions.length === 0) return {};
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, given, { maxErrors: maxFaults });
  if (errors) throw new Refusal(errors.map((error) => withCode(error, 'BAD_USER_INPUT')));
  return coerced;
}
