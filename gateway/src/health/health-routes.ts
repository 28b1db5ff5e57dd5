import type { FastifyInstance } from 'fastify';
import type { Readiness } from './readiness.ts';

export interface HealthOptions {
  readiness(): Promise<Readiness>;
  /** Whether the gateway has been asked to stop. */
  isClosing(): boolean;
}

/**
 * `/health/live`: this process answers. `/health/ready`: so does every subgraph; 503 names those that do not. `/health/ready?scope=self`:
 * requests may be sent here; a subgraph that is away does not count, as what does not need it is answered.
 */
export function addHealthRoutes(http: FastifyInstance, { readiness, isClosing }: HealthOptions): void {
  http.get('/health/live', async () => ({ status: 'ok' }));
  http.get<{ Querystring: { scope?: string } }>('/health/ready', async ({ query }, reply) => {
    if (isClosing()) return reply.code(503).send({ status: 'unavailable' });
    if (query.scope === 'self') return { status: 'ok' };
    const state = await readiness();
    return reply.code(state.status === 'ok' ? 200 : 503).send(state);
  });
}
