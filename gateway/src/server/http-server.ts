import { endsWithLastAnswer } from '@forge/process';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { requestId } from './request-context.ts';

export interface HttpServerOptions {
  logger: Logger;
  /** A longer request body is refused with 413. */
  maxBodyBytes: number;
}

/** An HTTP server without routes: request ids, a bound on bodies, and errors in the shape of GraphQL's. */
export function createHttpServer({ logger, maxBodyBytes }: HttpServerOptions): FastifyInstance {
  const http = fastify({ bodyLimit: maxBodyBytes, genReqId: requestId, requestIdHeader: false, forceCloseConnections: 'idle' });

  http.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
  });

  endsWithLastAnswer(http);

  http.setNotFoundHandler((request, reply) => reply.code(404).send(failure('NOT_FOUND', `There is no ${request.method} ${request.url.split('?')[0]} here. The graph is at POST /graphql.`)));

  http.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send(failure(status === 413 ? 'PAYLOAD_TOO_LARGE' : 'BAD_REQUEST', error.message));
    logger.error({ err: error, requestId: request.id }, 'a request failed');
    return reply.code(500).send(failure('INTERNAL_SERVER_ERROR', 'Something went wrong inside. The x-request-id of this response finds it in the log.'));
  });

  return http;
}

function failure(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}
