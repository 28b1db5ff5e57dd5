import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { formatError } from '../errors/format-error.ts';
import { logErrors } from '../errors/log-errors.ts';
import type { ForgeGateway } from '../execution/forge-gateway.ts';
import type { SubgraphContext } from '../transport/transport.ts';

export interface ApolloServerOptions {
  gateway: ForgeGateway;
  http: FastifyInstance;
  introspection: boolean;
  logger: Logger;
}

/** Parses, validates and answers operations. Reports to nobody, whatever APOLLO_* variables there are. */
export function createApolloServer({ gateway, http, introspection, logger }: ApolloServerOptions): ApolloServer<SubgraphContext> {
  return new ApolloServer<SubgraphContext>({
    gateway,
    introspection,
    logger,
    formatError,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    maxRecursiveSelections: true,
    persistedQueries: false,
    // Whoever starts the process decides when it ends.
    stopOnTerminationSignals: false,
    plugins: [
      logErrors(logger),
      fastifyApolloDrainPlugin(http),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
}
