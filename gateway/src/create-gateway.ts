import { listen, type Address } from '@forge/process';
import type { Registry } from '@forge/telemetry';
import type { Logger } from 'pino';
import { addAdminRoutes } from './admin/admin-routes.ts';
import { createAsk } from './admission/ask.ts';
import { createMeter } from './admission/meter.ts';
import { createDocumentResolver } from './documents/resolve-document.ts';
import { createErrorFormatter } from './errors/format-error.ts';
import { addExplorer } from './explorer/explorer-routes.ts';
import { defaultSettings, type GatewaySettings } from './gateway-settings.ts';
import { addHealthRoutes } from './health/health-routes.ts';
import { readinessCheck } from './health/readiness.ts';
import { createRateLimiter, type RateLimiterOptions } from './rate-limit/rate-limiter.ts';
import type { Authenticate } from './security/authenticate/authenticate.ts';
import { createAuthenticator, type AuthOptions } from './security/authenticate/authenticator.ts';
import { lookUpCredentialOver } from './security/authenticate/credential-lookup.ts';
import { assertMayListen } from './security/authenticate/loopback.ts';
import { allowOrigins } from './server/browsers.ts';
import { addGraphQLRoute } from './server/graphql-route.ts';
import { createHttpServer } from './server/http-server.ts';
import { shedLoad } from './server/shed-load.ts';
import { startReleases, type StartPlanner } from './start-releases.ts';
import { createComposer } from './supergraph/composer.ts';
import { watchSupergraph, type Watched } from './supergraph/watch/watch-supergraph.ts';
import { noMetrics } from './telemetry/gateway-metrics.ts';
import { watchOperations } from './telemetry/operation-watch.ts';
import { createGatewayMetrics } from './telemetry/prometheus-metrics.ts';
import { openRoads } from './transport/roads.ts';
import type { Transports, TransportTo } from './transport/transport.ts';

export interface GatewayOptions extends Partial<GatewaySettings> {
  /** What `forge compose` wrote. */
  readonly supergraphSdl: string;
  /** How each subgraph is reached; all but `node`, which is part of the gateway. Closed with it. */
  readonly transports: Transports | TransportTo;
  /** How callers prove who they are; or, in its place, a function that says who they are. */
  readonly authenticate: AuthOptions | Authenticate;
  readonly logger: Logger;
  /** How many points each principal has in a minute, and where they are counted; as many as they like unless given. */
  readonly rate?: Omit<RateLimiterOptions, 'logger'> | undefined;
  /** Where metrics are kept; nowhere unless given. To be used for one gateway. */
  readonly registry?: Registry | undefined;
  /** The files of the supergraph, which is replaced when they change. */
  readonly watched?: Watched | undefined;
  /** `supergraph.yaml`: where the subgraphs' schemas are when an administrator sends one of them anew. */
  readonly listFile?: string | undefined;
  /** How operations are planned, in place of a thread for it. */
  readonly startPlanner?: StartPlanner | undefined;
}

/** The one endpoint in front of all subgraphs. */
export interface Gateway {
  /** Begins to answer; returns its address, such as `http://localhost:4000`. Throws an OperatorError when it cannot be had. */
  listen(address: Address): Promise<string>;
  /** Answers what has been asked, refuses what comes, then closes the transports. */
  close(): Promise<void>;
}

/** Builds a gateway; rejects with an OperatorError when the supergraph is at fault or names a subgraph to which no transport leads. */
export async function createGateway({ supergraphSdl, transports, ...options }: GatewayOptions): Promise<Gateway> {
  const settings = { ...defaultSettings, ...options };
  const logger = options.logger.child({ part: 'gateway' });
  const metrics = options.registry ? createGatewayMetrics(options.registry) : noMetrics;
  const limiter = options.rate && createRateLimiter({ ...options.rate, logger });
  const roads = openRoads({ transportTo: typeof transports === 'function' ? transports : ({ name }) => (Object.hasOwn(transports, name) ? transports[name] : undefined), logger, limitsOf: settings.limitsOf, observer: metrics });
  const releases = await startReleases({ supergraphSdl, roads, limits: settings, logger, metrics, startPlanner: options.startPlanner });
  const lookUpCredential = lookUpCredentialOver((...request) => releases.current().fetch(...request));
  const authenticate = typeof options.authenticate === 'function' ? options.authenticate : createAuthenticator(options.authenticate, { lookUpCredential, logger });

  const http = createHttpServer({ ...settings, logger, metrics });
  const ask = createAsk({
    authenticate, lease: releases.lease, resolveDocument: createDocumentResolver({ ...settings.documents, logger }), variableLimits: settings.variables,
    meter: createMeter({ maxCost: settings.maxCost, limiter, logger }), timeoutMilliseconds: settings.timeoutMilliseconds,
    openIntrospection: settings.introspection, formatErrors: createErrorFormatter(logger), watch: watchOperations(metrics, logger),
  });
  await allowOrigins(http, settings.corsOrigins);
  await http.register(async (graph) => {
    await shedLoad(graph, settings);
    addGraphQLRoute(graph, ask, metrics);
  });
  let closing = false;
  addHealthRoutes(http, { readiness: readinessCheck(() => releases.current().roads, logger, settings.healthTimeoutMilliseconds), isClosing: () => closing });
  const composer = createComposer({ listFile: options.listFile });
  if (settings.adminOrgId !== undefined) addAdminRoutes(http, { authenticate, releases, composer, logger, orgId: settings.adminOrgId });
  const watch = options.watched && (await watchSupergraph({
    ...options.watched, logger,
    async onChange({ sdl, sources }) {
      const replacement = await releases.replace(sdl);
      if (sources) composer.remember(replacement.id, sources);
    },
  }));
  if (settings.introspection) addExplorer(http, logger);

  return {
    async listen(address) {
      assertMayListen(authenticate, address.host);
      return listen(http, address);
    },
    async close() {
      closing = true;
      await watch?.stop();
      await http.close();
      await releases.close();
      await Promise.all([roads.close(), limiter?.close()]);
    },
  };
}
