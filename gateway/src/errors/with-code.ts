import type { GraphQLError, GraphQLFormattedError } from 'graphql';

// Whoever sends a long text in the wrong place knows it already.
const longestMessage = 500;

/** A fault of a request as clients get it: with its own code, or this one. */
export function withCode(error: GraphQLError, code: string): GraphQLFormattedError {
  const { message, locations } = error.toJSON();
  return { message: message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message, ...(locations && { locations }), extensions: { ...error.extensions, code: error.extensions['code'] ?? code } };
}

/** The code of an error; one that has none says no more than that something broke. */
export function codeOf({ extensions }: GraphQLFormattedError): string {
  const code = extensions?.['code'];
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}
