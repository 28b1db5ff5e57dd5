import type { FastifyInstance } from 'fastify';
import type { Readiness } from './readiness.ts';

/** `/health/live`: this process answers. `/health/ready`: so does every subgraph; 503 names those that do not. */
export function addHealthRoutes(http: FastifyInstance, readiness: () => Promise<Readiness>): void {
  http.get('/health/live', async () => ({ status: 'ok' }));
  http.get('/health/ready', async (_, reply) => {
    const state = await readiness();
    return reply.code(state.status === 'ok' ? 200 : 503).send(state);
  });
}
