import type { Principal } from '@forge/auth';
import { copyJson } from './copy-json.ts';
import { bodyOf } from './request-body.ts';
import type { Execute, SubgraphContext, SubgraphRequest, SubgraphResponse } from './transport.ts';
import { unlessAborted } from './unless-aborted.ts';

interface Flight {
  readonly answer: Promise<SubgraphResponse>;
  readonly abort: AbortController;
  landed: boolean;
  /** How many have joined, those who left again too. */
  joined: number;
  waiting: number;
}

/**
 * Shares the answer of identical queries that are under way at the same moment for the same principal. `generation`
 * is read for each query: the gateway counts finished mutations with it, so that who asks after a mutation has
 * finished never gets an answer that was begun before.
 */
export function shareInFlight(execute: Execute, generation: () => number): Execute {
  const flights = new Map<string, Flight>();
  const identities = new WeakMap<Principal, string>();

  return async (request, context) => {
    context.signal?.throwIfAborted();
    const key = `${generation()} ${identityOf(context.principal)} ${bodyOf(request)}`;
    const flight = flights.get(key) ?? depart(key, request, context);
    flight.joined += 1;
    flight.waiting += 1;
    try {
      const response = await unlessAborted(flight.answer, context.signal);
      // The executor merges further answers into what it is given, so nobody gets what another one holds.
      return flight.joined === 1 ? response : copyJson(response);
    } finally {
      flight.waiting -= 1;
      // One who leaves does not take the others along: only the last one's leaving ends the flight.
      if (flight.waiting === 0 && !flight.landed) {
        if (flights.get(key) === flight) flights.delete(key);
        flight.abort.abort(context.signal?.reason);
      }
    }
  };

  // Without the deadline of who came first: who joins may have more time, and each leaves when their own is up.
  function depart(key: string, request: SubgraphRequest, { deadline: _, ...context }: SubgraphContext): Flight {
    const abort = new AbortController();
    const answer = execute(request, { ...context, signal: abort.signal }).finally(() => {
      flight.landed = true;
      if (flights.get(key) === flight) flights.delete(key);
    });
    const flight: Flight = { answer, abort, landed: false, joined: 0, waiting: 0 };
    flights.set(key, flight);
    return flight;
  }

  function identityOf(principal: Principal): string {
    const known = identities.get(principal);
    if (known !== undefined) return known;
    const { orgId, kind, subject, scopes } = principal;
    const identity = JSON.stringify([orgId, kind, subject, [...scopes].sort()]);
    identities.set(principal, identity);
    return identity;
  }
}
