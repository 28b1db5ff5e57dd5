import { UnauthenticatedError } from '@forge/auth';
import type { Subgraph, SubgraphRequest, SubgraphResponse } from '@forge/subgraph-kit';
import { continueTrace, type SubgraphMetrics } from '@forge/telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { followCaller } from './caller.ts';
import { failure } from './failure.ts';
import type { Authenticate } from './trust.ts';

const body = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * `POST /graphql` for whom the subgraph trusts. A query is given up when its caller leaves, or at the end of the time that
 * `x-forge-deadline-ms` says is left; a mutation ends as it would have.
 */
export function addGraphqlRoute(server: FastifyInstance, subgraph: Subgraph, authenticate: Authenticate, metrics: SubgraphMetrics | undefined): void {
  server.post('/graphql', async (request, reply) => {
    const caller = followCaller(request, reply);
    const principal = await authenticate(tokenOf(request)).catch(unauthenticated);
    if (principal instanceof UnauthenticatedError) return reply.code(401).header('www-authenticate', principal.challenge).send(failure(principal.code, principal.message));
    if (!caller) return reply.code(400).send(failure('BAD_REQUEST', 'x-forge-deadline-ms must be a whole number of milliseconds.'));
    const parsed = body.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send(failure('BAD_REQUEST', 'The body must be JSON with a query.'));
    const { query, operationName, variables } = parsed.data;
    const operation: SubgraphRequest = { query, ...(operationName && { operationName }), ...(variables && { variables }) };
    const requestId = requestIdOf(request);
    const context = { principal, signal: caller.signal, ...(requestId && { requestId }), ...(caller.deadline !== undefined && { deadline: caller.deadline }) };
    try {
      return await timed(operation, caller.signal, metrics, () => continueTrace(request.headers, () => subgraph.execute(operation, context)));
    } catch (error) {
      if (!caller.signal.aborted) throw error;
      return reply.code(504).send(failure('TIMEOUT', 'Nobody waits for this answer any longer.'));
    }
  });
}

async function timed({ query }: SubgraphRequest, signal: AbortSignal, metrics: SubgraphMetrics | undefined, execute: () => Promise<SubgraphResponse>): Promise<SubgraphResponse> {
  const began = performance.now();
  // What the gateway's planner writes says so; of anything else a count may be wrong.
  const type = /^\s*mutation\b/.test(query) ? 'mutation' : 'query';
  const took = (outcome: 'ok' | 'error' | 'cancelled') => metrics?.operation({ type, outcome, seconds: (performance.now() - began) / 1000 });
  try {
    const response = await execute();
    took(response.errors ? 'error' : 'ok');
    return response;
  } catch (error) {
    took(signal.aborted ? 'cancelled' : 'error');
    throw error;
  }
}

/** Any other scheme than Bearer counts as a token too: one that nobody signed. */
function tokenOf({ headers: { authorization } }: FastifyRequest): string | undefined {
  return authorization?.replace(/^Bearer /, '');
}

/** The id that the gateway gave the request, if it is fit for a log. */
function requestIdOf({ headers }: FastifyRequest): string | undefined {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : undefined;
}

function unauthenticated(error: unknown): UnauthenticatedError {
  if (error instanceof UnauthenticatedError) return error;
  throw error;
}
