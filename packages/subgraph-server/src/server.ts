import { batchMediaType, mostEvents, readDelivery } from '@forge/events';
import { endsWithLastAnswer } from '@forge/process';
import type { Subgraph } from '@forge/subgraph-kit';
import type { SubgraphMetrics } from '@forge/telemetry';
import fastify, { type FastifyInstance } from 'fastify';
import { failure } from './failure.ts';
import { addGraphqlRoute } from './graphql-route.ts';
import type { Authenticate } from './trust.ts';

/**
 * A subgraph over HTTP, not yet listening: `POST /graphql` for whom it trusts, `POST /events` for subgraphs that sign with
 * one of `eventSecrets`, `/health/live` and `/health/ready` for anyone.
 */
export function createSubgraphServer(subgraph: Subgraph, authenticate: Authenticate, eventSecrets: readonly Buffer[], metrics?: SubgraphMetrics): FastifyInstance {
  // The gateway keeps its connections for less than this, so none is closed under a request that is on its way.
  const server = fastify({ keepAliveTimeout: 75_000, bodyLimit: 10 * 1024 * 1024 });
  endsWithLastAnswer(server);

  addGraphqlRoute(server, subgraph, authenticate, metrics);

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
