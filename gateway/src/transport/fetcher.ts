import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { distinctRepresentations, spreadEntities } from './entity-fetch.ts';
import { shareInFlight, type Execute } from './in-flight.ts';
import { failureResponse } from './subgraph-failure.ts';
import type { SubgraphContext, SubgraphRequest, SubgraphResponse, Transports } from './transport.ts';

export interface FetcherOptions {
  /** The supergraph's. */
  schema: GraphQLSchema;
  transports: Transports;
  logger: Logger;
  /** How long a subgraph may take for one fetch. */
  timeoutMilliseconds: number;
}

/** Asks one subgraph. Never rejects: no answer is an answer with errors. */
export type Fetch = (subgraph: string, request: SubgraphRequest, context: SubgraphContext) => Promise<SubgraphResponse>;

/** Everything between a planned fetch and the wire: each entity sent once, identical queries shared, time bounded. */
export function createFetcher({ schema, transports, logger, timeoutMilliseconds }: FetcherOptions): Fetch {
  let finishedMutations = 0;
  const roads = new Map(Object.entries(transports).map(([subgraph, transport]) => {
    const direct = withinTime(transport.execute, timeoutMilliseconds);
    return [subgraph, { direct, shared: shareInFlight(direct, () => finishedMutations) }];
  }));

  return async (subgraph, request, context) => {
    try {
      const road = roads.get(subgraph);
      if (!road) throw new Error('no transport leads there');
      return await (isMutation(request) ? mutate(road.direct, request, context) : query(road.shared, request, context));
    } catch (error) {
      if (!context.signal?.aborted) logger.error({ err: error, subgraph, requestId: context.requestId }, 'a subgraph gave no answer');
      return failureResponse(schema, subgraph, request, error);
    }
  };

  async function mutate(execute: Execute, request: SubgraphRequest, { signal: _, ...context }: SubgraphContext) {
    try {
      // Without the client's signal: who goes away leaves a mutation to end as it would have.
      return await execute(request, context);
    } finally {
      finishedMutations += 1;
    }
  }
}

async function query(execute: Execute, request: SubgraphRequest, context: SubgraphContext): Promise<SubgraphResponse> {
  const entities = distinctRepresentations(request);
  return entities ? spreadEntities(entities, await execute(entities.request, context)) : execute(request, context);
}

function withinTime(execute: Execute, milliseconds: number): Execute {
  return (request, context) => {
    const late = AbortSignal.timeout(milliseconds);
    return execute(request, { ...context, signal: context.signal ? AbortSignal.any([context.signal, late]) : late });
  };
}

// The planner writes the keyword out; a query it may leave to the shorthand.
function isMutation({ query: text }: SubgraphRequest): boolean {
  return /^\s*mutation\b/.test(text);
}
