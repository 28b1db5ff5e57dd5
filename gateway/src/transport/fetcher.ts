import type { GraphQLSchema } from 'graphql';
import { failureAnswers } from './subgraph-failure.ts';
import type { Execute, SubgraphContext, SubgraphRequest, SubgraphResponse } from './transport.ts';

export interface FetcherOptions {
  /** The supergraph's: it tells which gaps a subgraph leaves that does not answer. */
  schema: GraphQLSchema;
  /** By the subgraph's name. */
  roads: ReadonlyMap<string, Execute>;
}

/** Asks one subgraph. Never rejects: no answer is an answer with errors. */
export type Fetch = (subgraph: string, request: SubgraphRequest, context: SubgraphContext) => Promise<SubgraphResponse>;

/** Asks over `roads`, and says what is missing when there is no answer. */
export function createFetcher({ schema, roads }: FetcherOptions): Fetch {
  const failureAnswer = failureAnswers(schema);
  return async (subgraph, request, context) => {
    try {
      const road = roads.get(subgraph);
      if (!road) throw new Error('no transport leads there');
      return await road(request, context);
    } catch (error) {
      return failureAnswer(subgraph, request, error);
    }
  };
}
