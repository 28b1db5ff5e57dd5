import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';

// Codes that say nothing more than that something broke inside, here or in a subgraph.
const inside = new Set<unknown>(['INTERNAL_SERVER_ERROR', 'DOWNSTREAM_SERVICE_ERROR', undefined]);

// What Apollo's executor and other servers add for debugging.
const forDebugging = new Set(['serviceName', 'stacktrace', 'exception', 'http']);

/** Whether an error is a surprise, of which clients hear only that it happened. */
export function isInside(error: { readonly extensions?: Readonly<Record<string, unknown>> }): boolean {
  return inside.has(error.extensions?.['code']);
}

/** The error as a client may see it. */
export function formatError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  if (isInside(formatted)) {
    const { locations, path } = formatted;
    return {
      message: 'Something went wrong inside. The x-request-id of this response finds it in the log.',
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  }
  return { ...formatted, extensions: Object.fromEntries(Object.entries(formatted.extensions ?? {}).filter(([key]) => !forDebugging.has(key))) };
}

/** What was thrown in the first place, for the log. */
export function originOf(error: unknown): unknown {
  return unwrapResolverError(error);
}
