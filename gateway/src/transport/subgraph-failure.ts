import { Kind, parse, type GraphQLFormattedError } from 'graphql';
import type { SubgraphRequest, SubgraphResponse } from './transport.ts';

/**
 * What a client hears when a subgraph gave no GraphQL answer: that it did not, at every place that stays empty for it,
 * and nothing of the inside.
 */
export function failureResponse(subgraph: string, request: SubgraphRequest, error: unknown): SubgraphResponse {
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  const failure: GraphQLFormattedError = timedOut
    ? { message: `The subgraph "${subgraph}" did not answer in time.`, extensions: { code: 'TIMEOUT', subgraph } }
    : { message: `The subgraph "${subgraph}" is not available.`, extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph } };
  return { data: null, errors: affectedPaths(request).map((path) => ({ ...failure, path })) };
}

function affectedPaths({ query, variables }: SubgraphRequest): (string | number)[][] {
  const keys = rootKeys(query);
  const representations = variables?.['representations'];
  if (keys.length === 1 && keys[0] === '_entities' && Array.isArray(representations)) {
    return representations.map((_, i) => ['_entities', i]);
  }
  return keys.map((key) => [key]);
}

/** The names under which the root fields of an operation come back; a planned fetch has no fragments at its root. */
function rootKeys(query: string): string[] {
  const operation = parse(query, { noLocation: true }).definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const selections = operation?.selectionSet.selections ?? [];
  return selections.flatMap((each) => (each.kind === Kind.FIELD ? [(each.alias ?? each.name).value] : []));
}
