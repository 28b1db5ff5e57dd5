import { UnauthenticatedError } from '@forge/auth';
import { batchMediaType, mostEvents, readDelivery } from '@forge/events';
import { endsWithLastAnswer } from '@forge/process';
import type { Subgraph, SubgraphRequest } from '@forge/subgraph-kit';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Authenticate } from './trust.ts';

const body = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/**
 * A subgraph over HTTP, not yet listening: `POST /graphql` for whom it trusts, `POST /events` for subgraphs that sign with
 * one of `eventSecrets`, `/health/live` and `/health/ready` for anyone.
 */
export function createSubgraphServer(subgraph: Subgraph, authenticate: Authenticate, eventSecrets: readonly Buffer[]): FastifyInstance {
  // The gateway keeps its connections for less than this, so none is closed under a request that is on its way.
  const server = fastify({ keepAliveTimeout: 75_000, bodyLimit: 10 * 1024 * 1024 });
  endsWithLastAnswer(server);

  server.post('/graphql', async (request, reply) => {
    const principal = await authenticate(tokenOf(request)).catch(unauthenticated);
    if (principal instanceof UnauthenticatedError) return reply.code(401).header('www-authenticate', principal.challenge).send(failure(principal.code, principal.message));
    const parsed = body.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send(failure('BAD_REQUEST', 'The body must be JSON with a query.'));
    const { query, operationName, variables } = parsed.data;
    const operation: SubgraphRequest = { query, ...(operationName && { operationName }), ...(variables && { variables }) };
    return subgraph.execute(operation, { principal });
  });

  // As text: the signature is over the bytes that came.
  server.addContentTypeParser(batchMediaType, { parseAs: 'string' }, (_, body, done) => done(null, body));
  server.post('/events', async (request, reply) => {
    const events = typeof request.body === 'string' ? readDelivery(request.body, request.headers, eventSecrets) : 'malformed';
    if (events === 'unsigned') return reply.code(401).send(failure('UNAUTHENTICATED', 'This batch of events is not signed by a subgraph of this platform.'));
    if (events === 'malformed') return reply.code(400).send(failure('BAD_REQUEST', `The body must be a batch of at most ${mostEvents} events, ${batchMediaType}.`));
    return subgraph.receive(events);
  });

  server.get('/health/live', () => ({ status: 'ok' }));
  server.get('/health/ready', async (_, reply) => {
    try {
      await subgraph.health();
      return { status: 'ok' };
    } catch {
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
  return server;
}

/** Any other scheme than Bearer counts as a token too: one that nobody signed. */
function tokenOf({ headers: { authorization } }: FastifyRequest): string | undefined {
  return authorization?.replace(/^Bearer /, '');
}

function unauthenticated(error: unknown): UnauthenticatedError {
  if (error instanceof UnauthenticatedError) return error;
  throw error;
}

function failure(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}
