import { fastifyApolloHandler } from '@as-integrations/fastify';
import { OperatorError } from '@forge/config';
import { listen, type Address } from '@forge/process';
import type { Logger } from 'pino';
import { ForgeGateway } from './execution/forge-gateway.ts';
import { addExplorer } from './explorer/explorer-routes.ts';
import { addHealthRoutes } from './health/health-routes.ts';
import { readinessCheck } from './health/readiness.ts';
import { createNodeSubgraph } from './node-subgraph/node-subgraph.ts';
import { readNodeTypes } from './node-subgraph/node-types.ts';
import type { Authenticate } from './security/authenticate/authenticate.ts';
import { assertMayListen } from './security/authenticate/loopback.ts';
import { createApolloServer } from './server/apollo-server.ts';
import { createHttpServer } from './server/http-server.ts';
import { requestContext } from './server/request-context.ts';
import { loadSupergraph } from './supergraph/load.ts';
import { nodeSubgraphName } from './supergraph/node-schema.ts';
import { createFetcher, type Fetch } from './transport/fetcher.ts';
import { inProcessTransport } from './transport/in-process-transport.ts';
import type { Transports } from './transport/transport.ts';

export interface GatewayOptions {
  /** What `forge compose` wrote. */
  supergraphSdl: string;
  /** The road to each subgraph, by its name; the one to `node` the gateway builds itself. */
  transports: Transports;
  authenticate: Authenticate;
  logger: Logger;
  /** Whether clients may ask for the schema, and get the explorer at `/`. Default true. */
  introspection?: boolean;
  /** How long a subgraph may take for one fetch. Default 30 seconds. */
  fetchTimeoutMilliseconds?: number;
  /** How long a subgraph may take to say that it is well. Default 2 seconds. */
  healthTimeoutMilliseconds?: number;
  /** Default 1 MiB. */
  maxBodyBytes?: number;
}

/** The one endpoint in front of all subgraphs. */
export interface Gateway {
  /** Begins to answer; returns its address, such as `http://localhost:4000`. Throws an OperatorError when it cannot be had. */
  listen(address: Address): Promise<string>;
  /** Answers what has been asked, refuses what comes, then closes the transports. */
  close(): Promise<void>;
}

/** Builds a gateway; throws when the supergraph names a subgraph to which no transport leads. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { supergraphSdl, authenticate, introspection = true } = options;
  const logger = options.logger.child({ part: 'gateway' });
  const ask: Fetch = (...request) => fetch(...request);
  const node = inProcessTransport(createNodeSubgraph({ types: readNodeTypes(supergraphSdl), fetch: ask }));
  const transports = { [nodeSubgraphName]: node, ...options.transports };
  const supergraph = loadSupergraph(supergraphSdl);
  const fetch = createFetcher({ schema: supergraph.schema, transports, logger, timeoutMilliseconds: options.fetchTimeoutMilliseconds ?? 30_000 });

  const unreachable = supergraph.subgraphs.map(({ name }) => name).filter((name) => !Object.hasOwn(transports, name));
  if (unreachable.length > 0) throw new OperatorError(`The supergraph needs subgraphs that are not there: ${unreachable.join(', ')}.`);

  const http = createHttpServer({ logger, maxBodyBytes: options.maxBodyBytes ?? 1024 * 1024 });
  // Apollo tells of every start and plan; a logger that is quieter stays so.
  const apolloLogger = logger.isLevelEnabled('info') ? logger.child({}, { level: 'warn' }) : logger;
  const apollo = createApolloServer({ gateway: new ForgeGateway({ supergraph, fetch, logger: apolloLogger }), http, introspection, logger: apolloLogger });
  await apollo.start();

  http.post('/graphql', fastifyApolloHandler(apollo, { context: requestContext(authenticate) }));
  addHealthRoutes(http, readinessCheck(options.transports, logger, options.healthTimeoutMilliseconds ?? 2_000));
  if (introspection) addExplorer(http, logger);

  return {
    async listen(address) {
      assertMayListen(authenticate, address.host);
      return listen(http, address);
    },
    async close() {
      await apollo.stop();
      await Promise.all(Object.values(options.transports).map((transport) => transport.close()));
    },
  };
}
