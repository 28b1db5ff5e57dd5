import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';

// Codes that say nothing more than that something broke inside, here or in a subgraph.
const inside = new Set<unknown>(['INTERNAL_SERVER_ERROR', 'DOWNSTREAM_SERVICE_ERROR', undefined]);

// What other servers add for debugging.
const forDebugging = new Set(['serviceName', 'stacktrace', 'exception', 'http']);

/** The errors of an answer as its client may see them. */
export type FormatErrors = (errors: readonly GraphQLFormattedError[], of: { readonly operationName: string | undefined; readonly requestId: string }) => GraphQLFormattedError[];

/** Logs the surprises whole, under the request id that the client was given, and tells of them no more than that they happened. */
export function createErrorFormatter(logger: Logger): FormatErrors {
  return (errors, { operationName, requestId }) => errors.map((error) => {
    if (inside.has(error.extensions?.['code'])) logger.error({ fault: error.message, path: error.path, operationName, requestId }, 'an operation failed');
    return formatError(error);
  });
}

/** The error as a client may see it. */
function formatError({ message, path, extensions = {} }: GraphQLFormattedError): GraphQLFormattedError {
  const isInside = inside.has(extensions['code']);
  return {
    message: isInside ? 'Something went wrong inside. The x-request-id of this response finds it in the log.' : message,
    ...(path && { path }),
    extensions: isInside ? { code: 'INTERNAL_SERVER_ERROR' } : Object.fromEntries(Object.entries(extensions).filter(([key]) => !forDebugging.has(key))),
  };
}
