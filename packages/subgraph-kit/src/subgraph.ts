import { ApolloServer } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import type { Principal } from '@forge/auth';
import type { Receive } from '@forge/events';
import { markFailed, traced, withinRequest } from '@forge/telemetry';
import { GraphQLError, Kind, type DocumentNode, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type pg from 'pg';
import type { Logger } from 'pino';
import { enforceAccess } from './access/enforce-access.ts';
import type { Background, KeptRows } from './background.ts';
import { Cancelled } from './cancelled.ts';
import type { Caller, KitContext } from './context.ts';
import { regardOperation } from './regard-operation.ts';
import { BigIntScalar, DateScalar, DateTime, Decimal, EmailAddress, JSONScalar, URLScalar } from './scalars.ts';
import { createSqlClient } from './sql-client.ts';
import { tookTooLong } from './took-too-long.ts';

/** A GraphQL operation as it comes over the wire. */
export interface SubgraphRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

/** On whose behalf a request runs, and how long. */
export interface SubgraphContext {
  principal: Principal;
  requestId?: string;
  /** Aborts when nobody waits any longer. */
  signal?: AbortSignal;
  /** When that is to be expected, in milliseconds since the epoch: a mutation waits behind no lock for longer. */
  deadline?: number;
}

/** A GraphQL response, every value of which JSON can say. */
export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

/** A running subgraph, wherever its requests come from. */
export interface Subgraph {
  readonly name: string;
  /** Once the context's signal aborts a query rejects with its reason, and so do its statements; a mutation ends as it would have. */
  execute(request: SubgraphRequest, context: SubgraphContext): Promise<SubgraphResponse>;
  /** Takes events of other domains. */
  receive: Receive;
  /** What it forgets with time. */
  readonly retention: readonly KeptRows[];
  /** Rejects when the subgraph cannot answer, its database being away for example. */
  health(): Promise<void>;
  close(): Promise<void>;
}

export interface SubgraphOptions<Context extends KitContext> {
  name: string;
  typeDefs: DocumentNode;
  /** Resolver maps, one for each entity; they may all add to Query and Mutation. */
  resolvers: readonly object[];
  pool: pg.Pool;
  logger: Logger;
  /** What it does when nobody asks; nothing unless given. */
  background?: Background;
  /** Adds what the domain's resolvers need, such as its Prisma client, to each request's context. */
  extendContext(base: KitContext): Context;
}

/** Hears nothing, forgets nothing. */
const idle: Background = { receive: async (events) => events.map(({ id }) => ({ id, error: 'nothing here listens to events' })), retention: [], close: async () => undefined };

/** Puts a schema, its resolvers and a pool together into a subgraph. */
export async function createSubgraph<Context extends KitContext>(options: SubgraphOptions<Context>): Promise<Subgraph> {
  const { name, pool, logger, background = idle } = options;
  const server = new ApolloServer<Context>({
    schema: buildSchema(options.typeDefs, options.resolvers),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    logger,
    stopOnTerminationSignals: false,
    // Traces are not for Apollo's studio.
    plugins: [ApolloServerPluginInlineTraceDisabled(), regardOperation],
    formatError: (formatted, error) => hideInside(formatted, unwrapResolverError(error), logger),
  });
  await server.start();

  async function answer(request: SubgraphRequest, { principal, signal }: SubgraphContext): Promise<SubgraphResponse> {
    const caller: Caller = { signal };
    const contextValue = options.extendContext({ principal, sql: createSqlClient(pool, logger, caller), loaders: new Map(), caller });
    const { body } = await server.executeOperation(request, { contextValue });
    caller.signal?.throwIfAborted();
    if (body.kind !== 'single') throw new Error('the kit does not serve incremental delivery');
    if (body.singleResult.errors) markFailed('graphql');
    return body.singleResult;
  }

  return {
    name,
    execute(request, context) {
      const { requestId, deadline } = context;
      return withinRequest({ requestId, deadline, subgraph: name }, () => traced('execute', { 'forge.subgraph': name }, () => answer(request, context), { kind: 'server' }));
    },
    receive: background.receive,
    retention: background.retention,
    async health() {
      await pool.query('SELECT 1');
    },
    async close() {
      await server.stop();
      await background.close();
      await pool.end();
    },
  };
}

/** The executable schema of a subgraph, which answers nobody what its contract does not allow them. */
export function buildSchema(typeDefs: DocumentNode, resolvers: readonly object[]): GraphQLSchema {
  const scalars = { DateTime, Date: DateScalar, Decimal, BigInt: BigIntScalar, EmailAddress, JSON: JSONScalar, URL: URLScalar };
  const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
  const modules = resolvers.map((each) => ({ typeDefs: nothing, resolvers: each as GraphQLResolverMap<unknown> }));
  return enforceAccess(buildSubgraphSchema([{ typeDefs, resolvers: scalars }, ...modules]));
}

/** A surprise is logged whole and told as INTERNAL_SERVER_ERROR; what was thrown for the client passes. */
function hideInside(formatted: GraphQLFormattedError, original: unknown, logger: Logger): GraphQLFormattedError {
  // Of what is given up nobody hears.
  if (original instanceof GraphQLError || original instanceof Cancelled) return formatted;
  if (tookTooLong(original)) {
    logger.warn({ err: original, path: formatted.path }, 'a statement took too long');
    return { ...formatted, message: 'The subgraph took too long over this.', extensions: { code: 'TIMEOUT' } };
  }
  logger.error({ err: original, path: formatted.path }, 'a resolver failed');
  return { ...formatted, message: 'The subgraph could not answer this.', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}
