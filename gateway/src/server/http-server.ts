import fastifyCompress from '@fastify/compress';
import { endsWithLastAnswer } from '@forge/process';
import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { constants } from 'node:zlib';
import type { Logger } from 'pino';
import { refuse } from '../errors/refusal.ts';
import { refusalOf } from '../errors/refusal-of.ts';
import type { VariableLimits } from '../limits/shape-limits.ts';
import type { GatewayMetrics } from '../telemetry/gateway-metrics.ts';
import { countRefusal, refusalReason } from '../telemetry/refusal-reason.ts';
import { answerEarly } from './answer-early.ts';
import { answerClientErrors } from './client-errors.ts';
import { readJson } from './json-body.ts';
import { requestId } from './request-id.ts';

export interface HttpServerOptions {
  readonly logger: Logger;
  readonly metrics: Pick<GatewayMetrics, 'refused'>;
  /** A longer request body is refused with 413. */
  readonly maxBodyBytes: number;
  /** Longer headers, all together, are refused with 431. */
  readonly maxHeaderBytes: number;
  /** A request that has not arrived whole by then is ended with 408. */
  readonly requestTimeoutMilliseconds: number;
  /** Bodies hold variables and little else. */
  readonly variables: Pick<VariableLimits, 'variableDepth' | 'variableValues'>;
}

// Less would fit a packet as it is.
const compressedFromBytes = 1_024;

// How late a slow request may be noticed.
const checkedEveryMilliseconds = 500;

const besidesVariables = { depth: 32, values: 1_000 };

const longestShown = 200;

/** An HTTP server without routes: request ids, bounds on what comes in, and errors in the shape of GraphQL's. */
export function createHttpServer({ logger, metrics, maxBodyBytes, maxHeaderBytes, requestTimeoutMilliseconds, variables }: HttpServerOptions): FastifyInstance {
  const http = fastify({
    bodyLimit: maxBodyBytes, genReqId: requestId, requestIdHeader: false, forceCloseConnections: 'idle', requestTimeout: requestTimeoutMilliseconds,
    http: { maxHeaderSize: maxHeaderBytes, headersTimeout: requestTimeoutMilliseconds, connectionsCheckingInterval: checkedEveryMilliseconds },
    clientErrorHandler: answerClientErrors(metrics),
  });

  http.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    if (request.headers['content-encoding'] !== undefined) throw refuse('UNSUPPORTED_MEDIA_TYPE', 'Bodies are read as they are, without a Content-Encoding.', { status: 415, headers: { 'accept-encoding': 'identity' } });
  });

  http.removeAllContentTypeParsers();
  const bounds = { depth: variables.variableDepth + besidesVariables.depth, values: variables.variableValues + besidesVariables.values };
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: FastifyRequest, body: Buffer) => readJson(body, bounds));

  void http.register(fastifyCompress, { globalDecompression: false, threshold: compressedFromBytes, encodings: ['br', 'gzip'], brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } });
  endsWithLastAnswer(http);

  http.setNotFoundHandler((request, reply) => reply.code(404).send(failure('NOT_FOUND', `There is no ${request.method} ${request.url.split('?')[0]?.slice(0, longestShown)} here. The graph is at POST /graphql.`)));

  http.setErrorHandler<FastifyError>((error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal) {
      countRefusal(metrics, refusal);
      return reply.code(refusal.status ?? 400).headers(refusal.headers).send({ errors: refusal.errors });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) {
      const code = codes[status] ?? 'BAD_REQUEST';
      metrics.refused(refusalReason(code) ?? 'invalid');
      return status === 413 ? answerEarly(request, reply, status, failure(code, error.message)) : reply.code(status).send(failure(code, error.message));
    }
    logger.error({ err: error, requestId: request.id }, 'a request failed');
    return reply.code(500).send(failure('INTERNAL_SERVER_ERROR', 'Something went wrong inside. The x-request-id of this response finds it in the log.'));
  });

  return http;
}

const codes: Readonly<Record<number, string>> = { 413: 'PAYLOAD_TOO_LARGE', 415: 'UNSUPPORTED_MEDIA_TYPE' };

function failure(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}
