import type { Logger } from 'pino';
import { defaultLimits, type FetchLimits } from './fetch-limits.ts';
import { noObserver, type FetchObserver } from './fetch-observer.ts';
import { guard } from './guard.ts';
import { shareInFlight } from './in-flight.ts';
import type { Execute, Transport, TransportTo } from './transport.ts';

export interface RoadOptions {
  transportTo: TransportTo;
  logger: Logger;
  /** What is not to be as in `defaultLimits`. */
  limitsOf?: (subgraph: string) => Partial<FetchLimits>;
  observer?: FetchObserver;
}

/** The way to a subgraph: identical queries shared, mutations never, either guarded. */
export interface Road {
  readonly execute: Execute;
  readonly health: Transport['health'];
}

/** The ways to all subgraphs of this gateway. Breakers, queues and what is shared live here, longer than a supergraph. */
export interface Roads {
  /** Undefined when nothing leads there. */
  to(subgraph: { readonly name: string; readonly url: string }): Road | undefined;
  /** Closes every transport that was used. */
  close(): Promise<void>;
}

export function openRoads({ transportTo, logger, limitsOf, observer = noObserver }: RoadOptions): Roads {
  const roads = new Map<Transport, Road>();
  let finishedMutations = 0;

  function open(subgraph: string, transport: Transport): Road {
    const limits = { ...defaultLimits, ...limitsOf?.(subgraph) };
    const guarded = guard(subgraph, transport.execute, { limits, observer, logger });
    const query = shareInFlight(guarded, () => finishedMutations);
    const mutate: Execute = (request, context) => guarded(request, context).finally(() => { finishedMutations += 1; });
    return { execute: (request, context) => (request.kind === 'mutation' ? mutate(request, context) : query(request, context)), health: transport.health };
  }

  return {
    to(subgraph) {
      const transport = transportTo(subgraph);
      const road = transport && (roads.get(transport) ?? open(subgraph.name, transport));
      if (road) roads.set(transport, road);
      return road;
    },
    async close() {
      await Promise.all([...roads.keys()].map((transport) => transport.close()));
    },
  };
}
