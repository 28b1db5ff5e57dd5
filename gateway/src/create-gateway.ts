import { listen, type Address } from '@forge/process';
import type { Logger } from 'pino';
import { createAsk } from './admission/ask.ts';
import { createMeter } from './admission/meter.ts';
import { createDocumentResolver } from './documents/resolve-document.ts';
import { createErrorFormatter } from './errors/format-error.ts';
import { addExplorer } from './explorer/explorer-routes.ts';
import { defaultSettings, type GatewaySettings } from './gateway-settings.ts';
import { addHealthRoutes } from './health/health-routes.ts';
import { readinessCheck } from './health/readiness.ts';
import type { RateLimiter } from './rate-limit/rate-limiter.ts';
import type { Authenticate } from './security/authenticate/authenticate.ts';
import { createAuthenticator, type AuthOptions } from './security/authenticate/authenticator.ts';
import { lookUpCredentialOver } from './security/authenticate/credential-lookup.ts';
import { assertMayListen } from './security/authenticate/loopback.ts';
import { allowOrigins } from './server/browsers.ts';
import { addGraphQLRoute } from './server/graphql-route.ts';
import { createHttpServer } from './server/http-server.ts';
import { shedLoad } from './server/shed-load.ts';
import { startReleases } from './start-releases.ts';
import { openRoads } from './transport/roads.ts';
import type { Transports } from './transport/transport.ts';

export interface GatewayOptions extends Partial<GatewaySettings> {
  /** What `forge compose` wrote. */
  readonly supergraphSdl: string;
  /** The road to each subgraph, by its name; the one to `node` the gateway builds itself. */
  readonly transports: Transports;
  /** How callers prove who they are; or, in its place, a function that says who they are. */
  readonly authenticate: AuthOptions | Authenticate;
  readonly logger: Logger;
  /** How much each principal may ask in a minute; as much as they like unless given. */
  readonly limiter?: RateLimiter | undefined;
}

/** The one endpoint in front of all subgraphs. */
export interface Gateway {
  /** Begins to answer; returns its address, such as `http://localhost:4000`. Throws an OperatorError when it cannot be had. */
  listen(address: Address): Promise<string>;
  /** Answers what has been asked, refuses what comes, then closes the transports. */
  close(): Promise<void>;
}

/** Builds a gateway; rejects with an OperatorError when the supergraph is at fault or names a subgraph to which no transport leads. */
export async function createGateway({ supergraphSdl, transports, limiter, ...options }: GatewayOptions): Promise<Gateway> {
  const settings = { ...defaultSettings, ...options };
  const logger = options.logger.child({ part: 'gateway' });
  const roads = openRoads({ transports, logger, limitsOf: settings.limitsOf });
  const releases = await startReleases({ supergraphSdl, roads, limits: settings, logger });
  const lookUpCredential = lookUpCredentialOver((...request) => releases.current().fetch(...request));
  const authenticate = typeof options.authenticate === 'function' ? options.authenticate : createAuthenticator(options.authenticate, { lookUpCredential, logger });

  const http = createHttpServer({ ...settings, logger });
  const ask = createAsk({
    authenticate, lease: releases.lease, resolveDocument: createDocumentResolver({ ...settings.documents, logger }), variableLimits: settings.variables,
    meter: createMeter({ maxCost: settings.maxCost, limiter, logger }), timeoutMilliseconds: settings.timeoutMilliseconds,
    openIntrospection: settings.introspection, formatErrors: createErrorFormatter(logger),
  });
  await allowOrigins(http, settings.corsOrigins);
  await http.register(async (graph) => {
    await shedLoad(graph, settings);
    addGraphQLRoute(graph, ask, logger);
  });
  addHealthRoutes(http, readinessCheck(transports, logger, settings.healthTimeoutMilliseconds));
  if (settings.introspection) addExplorer(http, logger);

  return {
    async listen(address) {
      assertMayListen(authenticate, address.host);
      return listen(http, address);
    },
    async close() {
      await http.close();
      await releases.close();
      await Promise.all(Object.values(transports).map((transport) => transport.close()));
    },
  };
}
