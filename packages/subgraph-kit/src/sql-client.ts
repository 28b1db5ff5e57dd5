import type { Deliver } from '@forge/events';
import type { SubgraphMetrics } from '@forge/telemetry';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Sql } from 'sql-template-tag';
import { Cancelled } from './cancelled.ts';
import type { Caller } from './context.ts';
import { giveUp } from './give-up.ts';
import { observedClient } from './observed-client.ts';

/** Runs the kit's reads. Numerics and bigints come back as strings, times as Dates, JSON parsed. */
export interface SqlClient {
  query<Row>(statement: Sql): Promise<Row[]>;
}

/** What every subgraph is started with. */
export interface SubgraphSettings {
  /** A PostgreSQL URL with the domain's own role. */
  databaseUrl: string;
  logger: Logger;
  /** Takes down what this subgraph does; nothing is taken down without. */
  metrics?: SubgraphMetrics | undefined;
  /** Hears the text of every statement on any connection of the pool; for tests and debugging. */
  onSql?: ((text: string) => void) | undefined;
  /** Where a domain finds configuration of its own; empty unless given. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The clock of the domain's rules and jobs; the machine's unless given. */
  now?: (() => Date) | undefined;
  /** How events reach other domains. Without it they stay in the outbox, and no job runs by itself. */
  deliver?: Deliver | undefined;
}

const keepDatesAsText: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === pg.types.builtins.DATE ? (text: string) => text : pg.types.getTypeParser(oid, format)) as never,
};

/** How long a Prisma transaction waits for a connection, and how long it may take, in milliseconds. */
export const transactionOptions = { maxWait: 10_000, timeout: 20_000 };

/** In milliseconds. */
const statementTimeout = 30_000;

/** The one pool of a subgraph, for the kit's reads and for Prisma alike. Every wait in it is bounded. */
export function createPool({ databaseUrl, logger, onSql, metrics }: SubgraphSettings): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: 30_000,
    Client: observedClient({ onSql, metrics, statementTimeout }),
  });
  // An idle connection that the server drops: the pool opens another when it needs one.
  pool.on('error', (error) => logger.warn({ err: error }, 'lost a database connection'));
  // One that breaks under a statement makes that fail, which is enough.
  pool.on('connect', (client) => client.on('error', () => undefined));
  metrics?.watchPool(pool);
  return pool;
}

/**
 * The kit's reads over `pool`, as long as the caller waits for them: once the caller's signal has aborted none begins, and those
 * under way reject with a Cancelled while PostgreSQL is told to stop them.
 */
export function createSqlClient(pool: pg.Pool, logger: Logger, caller: Caller): SqlClient {
  return {
    query<Row>({ text, values }: Sql): Promise<Row[]> {
      return read(pool, logger, { text, values, types: keepDatesAsText }, caller.signal) as Promise<Row[]>;
    },
  };
}

function read(pool: pg.Pool, logger: Logger, query: pg.QueryConfig, signal: AbortSignal | undefined): Promise<unknown[]> {
  if (signal?.aborted) return Promise.reject(new Cancelled(signal.reason));
  const { promise, resolve, reject } = Promise.withResolvers<unknown[]>();
  let begun: { readonly client: pg.PoolClient; readonly answer: Promise<pg.QueryResult> } | undefined;
  const leave = () => {
    reject(new Cancelled(signal?.reason));
    if (begun) void giveUp(begun.client, begun.answer, logger);
  };
  // The connection goes back and the answer out; unless whoever waited has left: then the connection is giveUp's.
  const end = (answer: () => void, error?: unknown) => {
    if (signal?.aborted) return;
    signal?.removeEventListener('abort', leave);
    begun?.client.release(error as Error | undefined);
    answer();
  };
  signal?.addEventListener('abort', leave, { once: true });

  pool.connect().then((client) => {
    // They may have left while they waited for a connection.
    if (signal?.aborted) {
      client.release();
      return;
    }
    const answer = client.query(query);
    begun = { client, answer };
    answer.then(({ rows }) => end(() => resolve(rows)), (error: unknown) => end(() => reject(error), error));
  }, (error: unknown) => end(() => reject(error)));
  return promise;
}
