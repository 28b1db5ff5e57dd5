import fastifyCors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

const preflightSeconds = 600;

/** Lets pages of `origins` ask from a browser (CORS, Fetch standard section 3.2); without any, no page but our own can. */
export async function allowOrigins(http: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await http.register(fastifyCors, {
    origin: [...origins], methods: ['GET', 'POST'], maxAge: preflightSeconds,
    allowedHeaders: ['authorization', 'content-type', 'graphql-cost', 'graphql-require-preflight', 'x-request-id', 'traceparent', 'tracestate'],
    exposedHeaders: ['ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'],
  });
}
