import type { GraphQLError, GraphQLFormattedError } from 'graphql';

/** A fault of a request as clients get it: with its own code, or this one. */
export function withCode(error: GraphQLError, code: string): GraphQLFormattedError {
  const { message, locations } = error.toJSON();
  return { message, ...(locations && { locations }), extensions: { ...error.extensions, code: error.extensions['code'] ?? code } };
}
