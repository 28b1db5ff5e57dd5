import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphResponse } from '../transport/transport.ts';
import { isJsonObject, type JsonObject } from './json.ts';

/** Of what a subgraph answered, which may be any JSON with `data` or `errors`, that which is as GraphQL has it (specification, section 7.1). */
export function readResponse({ data, errors }: SubgraphResponse): { readonly data: JsonObject | undefined; readonly errors: readonly GraphQLFormattedError[] } {
  return {
    data: isJsonObject(data) ? data : undefined,
    errors: errors === undefined ? [] : Array.isArray(errors) ? errors.map(readError) : [readError(errors)],
  };
}

function readError(error: unknown): GraphQLFormattedError {
  const { message, path, extensions } = isJsonObject(error) ? error : {};
  return {
    message: typeof message === 'string' && message !== '' ? message : 'The subgraph does not say what is wrong.',
    ...(Array.isArray(path) && path.every(isStep) && { path }),
    ...(isJsonObject(extensions) && { extensions }),
  };
}

function isStep(step: unknown): step is string | number {
  return typeof step === 'string' || typeof step === 'number';
}
