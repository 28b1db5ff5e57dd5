import { copyJson } from './copy-json.ts';
import type { SubgraphContext, SubgraphRequest, SubgraphResponse, Transport } from './transport.ts';
import { unlessAborted } from './unless-aborted.ts';

interface Flight {
  readonly answer: Promise<SubgraphResponse>;
  readonly abort: AbortController;
  /** How many have joined, those who left again too. */
  joined: number;
  waiting: number;
}

/** Executes an operation on one subgraph. */
export type Execute = Transport['execute'];

/**
 * Shares the answer of identical queries that are under way at the same moment for the same principal. `generation`
 * is read for each query: the gateway counts finished mutations with it, so that who asks after a mutation has
 * finished never gets an answer that was begun before.
 */
export function shareInFlight(execute: Execute, generation: () => number): Execute {
  const flights = new Map<string, Flight>();

  return async (request, context) => {
    context.signal?.throwIfAborted();
    const key = JSON.stringify([generation(), identity(context), request.query, request.operationName, request.variables]);
    const flight = flights.get(key) ?? depart(key, request, context);
    flight.joined += 1;
    flight.waiting += 1;
    try {
      const response = await unlessAborted(flight.answer, context.signal);
      // Apollo's executor merges further fetches into what it is given, so nobody gets what another one holds.
      return flight.joined === 1 ? response : copyJson(response);
    } finally {
      flight.waiting -= 1;
      // One who leaves does not take the others along: only the last one's leaving ends the flight.
      if (flight.waiting === 0) {
        if (flights.get(key) === flight) flights.delete(key);
        flight.abort.abort();
      }
    }
  };

  function depart(key: string, request: SubgraphRequest, context: SubgraphContext): Flight {
    const abort = new AbortController();
    const answer = execute(request, { ...context, signal: abort.signal }).finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    const flight: Flight = { answer, abort, joined: 0, waiting: 0 };
    flights.set(key, flight);
    return flight;
  }
}

function identity({ principal: { orgId, subject, kind, scopes } }: SubgraphContext) {
  return [orgId, kind, subject, [...scopes].sort()];
}
