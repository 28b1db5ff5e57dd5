import type { Principal } from '@forge/auth';
import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Subgraph, SubgraphRequest } from './subgraph.ts';

export interface ServeOptions {
  host: string;
  port: number;
  /** The principal inside the gateway's token; rejects when the token is not the gateway's or not for this subgraph. */
  verify(token: string): Promise<Principal>;
}

const body = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Serves a subgraph over HTTP: `POST /graphql` for the gateway alone, `/health/live` and `/health/ready` for anyone. */
export async function serveSubgraph(subgraph: Subgraph, { host, port, verify }: ServeOptions): Promise<FastifyInstance> {
  // The gateway keeps its connections for less than this, so none is closed under a request that is on its way.
  const server = fastify({ keepAliveTimeout: 75_000, bodyLimit: 10 * 1024 * 1024 });

  server.post('/graphql', async (request, reply) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    const principal = scheme === 'Bearer' && token ? await verify(token).catch(() => undefined) : undefined;
    if (!principal) return reply.code(401).send(failure('UNAUTHENTICATED', 'This subgraph answers the gateway only.'));
    const parsed = body.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send(failure('BAD_REQUEST', 'The body must be JSON with a query.'));
    const { query, operationName, variables } = parsed.data;
    const operation: SubgraphRequest = { query, ...(operationName && { operationName }), ...(variables && { variables }) };
    return subgraph.execute(operation, { principal });
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

  await server.listen({ host, port });
  return server;
}

function failure(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}
