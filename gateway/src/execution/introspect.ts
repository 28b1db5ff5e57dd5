import { execute, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { reduceOperation } from '../operations/reduce-operation.ts';
import { isJsonObject, type JsonObject } from './json.ts';

/** Answers the `__schema` and `__type` of an operation, which may ask for data beside them, out of `visible`. */
export async function introspect(
  schema: GraphQLSchema, visible: GraphQLSchema, operation: OperationDefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, variables: Readonly<Record<string, unknown>>,
): Promise<JsonObject> {
  const root = schema.getQueryType()?.name;
  const document = reduceOperation(schema, operation, fragments, (parentType, field) => parentType === root && !field.startsWith('__'));
  if (!document) return {};
  const { data, errors } = await execute({ schema: visible, document, variableValues: variables });
  if (errors?.[0]) throw errors[0];
  return isJsonObject(data) ? data : {};
}
