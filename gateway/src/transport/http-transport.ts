import type { PrincipalSigner } from '@forge/auth';
import { Pool } from 'undici';
import { exchange, type HttpAnswer } from './http-exchange.ts';
import { bodyOf } from './request-body.ts';
import { statusFault, SubgraphFault } from './subgraph-fault.ts';
import { addTraceHeaders } from './trace-headers.ts';
import type { SubgraphContext, SubgraphResponse, Transport } from './transport.ts';

export interface HttpTransportOptions {
  /** The subgraph's name: who the signed principal is meant for. */
  subgraph: string;
  /** Tells the subgraph who is asking; it answers nobody else. */
  sign: PrincipalSigner;
  /** Connections at most; further requests wait. Default 128. */
  connections?: number;
  /** A longer answer is refused. Default 32 MiB. */
  maxResponseBytes?: number;
  /** Default 2 seconds. */
  connectTimeoutMilliseconds?: number;
  /** How long a connection may be silent within an answer. Default 2 minutes: who fetches has a limit of its own. */
  silenceMilliseconds?: number;
}

// The kit's server keeps idle connections for 75 seconds. The pool must give up first, or a request now and then meets
// a connection that is just being closed.
const keepAliveMilliseconds = 30_000;

/** Sends operations to a subgraph as `POST url`, and asks `/health/ready` beside it whether it is well. */
export function httpTransport(url: string, options: HttpTransportOptions): Transport {
  const { origin, pathname, search } = new URL(url);
  const silence = options.silenceMilliseconds ?? 120_000;
  const pool = new Pool(origin, {
    connections: options.connections ?? 128,
    // One request a connection: giving one up closes its connection, by which the subgraph notices, and takes no other along.
    pipelining: 1,
    allowH2: false,
    connect: { timeout: options.connectTimeoutMilliseconds ?? 2_000 },
    headersTimeout: silence,
    bodyTimeout: silence,
    keepAliveTimeout: keepAliveMilliseconds,
    keepAliveMaxTimeout: keepAliveMilliseconds,
    maxResponseSize: options.maxResponseBytes ?? 32 * 1024 * 1024,
  });

  return {
    async execute(request, context) {
      const headers = headersOf(context, await options.sign(context.principal, options.subgraph));
      return read(await exchange(pool, { method: 'POST', path: pathname + search, headers, body: bodyOf(request) }, context.signal));
    },
    async health(signal) {
      const { status } = await exchange(pool, { method: 'GET', path: '/health/ready' }, signal);
      if (status !== 200) throw new Error(`/health/ready answered with status ${status}`);
    },
    close: () => pool.close(),
  };
}

/** Names and values in turn, which undici reads fastest. */
function headersOf({ requestId, deadline }: SubgraphContext, token: string): string[] {
  const headers = [
    'content-type', 'application/json',
    'accept', 'application/graphql-response+json, application/json',
    'authorization', `Bearer ${token}`,
  ];
  if (requestId) headers.push('x-request-id', requestId);
  // So that the subgraph bounds its own work. What is left and not when it ends: clocks differ.
  if (deadline !== undefined) headers.push('x-forge-deadline-ms', String(Math.max(1, Math.ceil(deadline - Date.now()))));
  addTraceHeaders(headers);
  return headers;
}

function read({ status, contentType, text }: HttpAnswer): SubgraphResponse {
  if (status !== 200) throw statusFault(status, text);
  if (contentType && !/^application\/([\w.-]+\+)?json\b/i.test(contentType)) throw new SubgraphFault('protocol', `answered with ${contentType}, not JSON`);
  const answer = parse(text);
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new SubgraphFault('protocol', 'answered with JSON that is no GraphQL response');
  }
  return answer as SubgraphResponse;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SubgraphFault('protocol', 'answered with what is not valid JSON', { cause: error });
  }
}
