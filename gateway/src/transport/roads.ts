import type { Logger } from 'pino';
import { defaultLimits, type FetchLimits } from './fetch-limits.ts';
import { noObserver, type FetchObserver } from './fetch-observer.ts';
import { guard } from './guard.ts';
import { shareInFlight } from './in-flight.ts';
import type { Execute, Transports } from './transport.ts';

export interface RoadOptions {
  transports: Transports;
  logger: Logger;
  /** What is not to be as in `defaultLimits`. */
  limitsOf?: (subgraph: string) => Partial<FetchLimits>;
  observer?: FetchObserver;
}

/**
 * The way to each subgraph, by its name. Breakers, queues and what is shared live here, longer than a supergraph. A subgraph that is
 * part of the gateway needs no more than its transport's `execute`: what it asks of others goes over their roads.
 */
export type Roads = ReadonlyMap<string, Execute>;

/** Opens the way to each subgraph: identical queries shared, mutations never, either guarded. */
export function openRoads({ transports, logger, limitsOf, observer = noObserver }: RoadOptions): Roads {
  let finishedMutations = 0;
  return new Map(Object.entries(transports).map(([subgraph, transport]) => {
    const limits = { ...defaultLimits, ...limitsOf?.(subgraph) };
    const guarded = guard(subgraph, transport.execute, { limits, observer, logger });
    const query = shareInFlight(guarded, () => finishedMutations);
    const mutate: Execute = (request, context) => guarded(request, context).finally(() => { finishedMutations += 1; });
    return [subgraph, (request, context) => (request.kind === 'mutation' ? mutate(request, context) : query(request, context))];
  }));
}
