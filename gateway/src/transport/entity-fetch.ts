import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphRequest, SubgraphResponse } from './transport.ts';

// What Apollo's planner writes for a fetch of entities. No client can write it: `_entities` is not in the API schema.
const entitiesField = /[{\s]_entities\s*\(\s*representations\s*:\s*\$representations\s*\)/;

/** A fetch of entities in which each representation is sent once. */
export interface EntityFetch {
  readonly request: SubgraphRequest;
  /** For each representation that was asked for, where its entity is in the answer to `request`. */
  readonly positions: readonly number[];
}

/** The request with its representations made distinct; undefined when it is no fetch of entities. */
export function distinctRepresentations(request: SubgraphRequest): EntityFetch | undefined {
  const representations = request.variables?.['representations'];
  if (!Array.isArray(representations) || !entitiesField.test(request.query)) return undefined;

  const seen = new Map<string, number>();
  const distinct: unknown[] = [];
  const positions = representations.map((representation: unknown) => {
    const key = JSON.stringify(representation);
    const existing = seen.get(key);
    if (existing !== undefined) return existing;
    seen.set(key, distinct.length);
    return distinct.push(representation) - 1;
  });
  return { request: { ...request, variables: { ...request.variables, representations: distinct } }, positions };
}

/**
 * The answer as if every representation had been sent: equal ones get the same entity object, and an error at one of
 * them is an error at each. An answer of another length than asked for is left for the executor to refuse.
 */
export function spreadEntities({ positions }: EntityFetch, response: SubgraphResponse): SubgraphResponse {
  const entities = response.data?.['_entities'];
  const sent = positions.reduce((most, position) => Math.max(most, position + 1), 0);
  if (sent === positions.length) return response;
  return {
    ...response,
    ...(Array.isArray(entities) && entities.length === sent && {
      data: { ...response.data, _entities: positions.map((position) => entities[position] as unknown) },
    }),
    ...(response.errors && { errors: response.errors.flatMap((error) => spreadError(error, positions)) }),
  };
}

function spreadError(error: GraphQLFormattedError, positions: readonly number[]): GraphQLFormattedError[] {
  const [field, index, ...rest] = error.path ?? [];
  if (field !== '_entities' || typeof index !== 'number') return [error];
  return positions.flatMap((position, original) => (position === index ? [{ ...error, path: [field, original, ...rest] }] : []));
}
