import { OperatorError } from '@forge/config';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Registry } from './registry.ts';

export interface MetricsServerOptions {
  readonly registry: Registry;
  /** Default 127.0.0.1: metrics tell a lot, and ask nobody who he is. */
  readonly host?: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly logger: Logger;
}

export interface MetricsServer {
  /** Such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `GET /metrics` for Prometheus, on a port that clients do not reach. Throws an OperatorError when it cannot be had. */
export async function startMetricsServer({ registry, host = '127.0.0.1', port, logger }: MetricsServerOptions): Promise<MetricsServer> {
  const http = createServer((request, response) => void answer(request, response));
  http.maxConnections = 32;
  http.listen({ host, port });
  try {
    await once(http, 'listening');
  } catch (error) {
    throw new OperatorError(`Metrics cannot be served on port ${port} of ${host}: ${(error as Error).message}. Choose another with FORGE_METRICS_PORT or FORGE_METRICS_HOST.`, { cause: error });
  }
  const bound = (http.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics`,
    async close() {
      http.close();
      http.closeAllConnections();
      await once(http, 'close');
    },
  };

  async function answer({ method, url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (url.split('?')[0] !== '/metrics') return void response.writeHead(404).end();
    if (method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end();
    try {
      const text = await registry.metrics();
      response.writeHead(200, { 'content-type': registry.contentType }).end(text);
    } catch (error) {
      logger.error({ err: error }, 'the metrics could not be gathered');
      response.writeHead(500).end();
    }
  }
}
