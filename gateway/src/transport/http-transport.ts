import type { PrincipalSigner } from '@forge/auth';
import { Pool } from 'undici';
import type { SubgraphResponse, Transport } from './transport.ts';

export interface HttpTransportOptions {
  /** The subgraph's name: who the signed principal is meant for. */
  subgraph: string;
  /** Tells the subgraph who is asking; it answers nobody else. */
  sign: PrincipalSigner;
  /** Connections at most; further requests wait. Default 128. */
  connections?: number;
  /** A longer answer is refused. Default 32 MiB. */
  maxResponseBytes?: number;
}

// The kit's server keeps idle connections for 75 seconds. The pool must give up first, or a request now and then meets
// a connection that is just being closed.
const keepAliveMilliseconds = 30_000;

/** Sends operations to a subgraph as `POST url`, and asks `/health/ready` beside it whether it is well. */
export function httpTransport(url: string, options: HttpTransportOptions): Transport {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: options.connections ?? 128,
    keepAliveTimeout: keepAliveMilliseconds,
    keepAliveMaxTimeout: keepAliveMilliseconds,
    maxResponseSize: options.maxResponseBytes ?? 32 * 1024 * 1024,
  });

  return {
    async execute(request, { principal, requestId, signal }) {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: pathname + search,
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          authorization: `Bearer ${await options.sign(principal, options.subgraph)}`,
          ...(requestId && { 'x-request-id': requestId }),
        },
        body: JSON.stringify(request),
        signal: signal ?? null,
      });
      const text = await body.text();
      if (statusCode !== 200) throw new Error(`answered with status ${statusCode}`);
      return parse(text);
    },
    async health(signal) {
      const { statusCode, body } = await pool.request({ method: 'GET', path: '/health/ready', signal });
      await body.dump();
      if (statusCode !== 200) throw new Error(`/health/ready answered with status ${statusCode}`);
    },
    close: () => pool.close(),
  };
}

function parse(text: string): SubgraphResponse {
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new Error('answered with JSON that is no GraphQL response');
  }
  return answer as SubgraphResponse;
}
