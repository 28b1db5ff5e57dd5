import { isAbstractType, isObjectType, type GraphQLSchema } from 'graphql';
import type { JsonObject } from './json.ts';

/** Whether an object of an answer is of a type, by its `__typename`. */
export type IsOfType = (object: JsonObject, type: string) => boolean;

/** Answers by the types of `schema`, the supergraph's. */
export function typeChecker(schema: GraphQLSchema): IsOfType {
  return ({ __typename: name }, condition) => {
    if (name === condition) return true;
    if (typeof name !== 'string') return false;
    const [type, wanted] = [schema.getType(name), schema.getType(condition)];
    return isObjectType(type) && isAbstractType(wanted) && schema.isSubType(wanted, type);
  };
}
