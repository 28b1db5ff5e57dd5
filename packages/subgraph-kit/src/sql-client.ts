import type { Deliver } from '@forge/events';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Sql } from 'sql-template-tag';

/** Runs the kit's reads. Numerics and bigints come back as strings, times as Dates, JSON parsed. */
export interface SqlClient {
  query<Row>(statement: Sql): Promise<Row[]>;
}

/** What every subgraph is started with. */
export interface SubgraphSettings {
  /** A PostgreSQL URL with the domain's own role. */
  databaseUrl: string;
  logger: Logger;
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

/** The one pool of a subgraph, for the kit's reads and for Prisma alike. Every wait in it is bounded. */
export function createPool({ databaseUrl, logger, onSql }: SubgraphSettings): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    ...(onSql && { Client: listeningClient(onSql) }),
  });
  // An idle connection that the server drops: the pool opens another when it needs one.
  pool.on('error', (error) => logger.warn({ err: error }, 'lost a database connection'));
  return pool;
}

/** The kit's reads over `pool`. */
export function createSqlClient(pool: pg.Pool): SqlClient {
  return {
    async query<Row>(statement: Sql): Promise<Row[]> {
      const result = await pool.query({ text: statement.text, values: statement.values, types: keepDatesAsText });
      return result.rows as Row[];
    },
  };
}

function listeningClient(onSql: (text: string) => void): typeof pg.Client {
  return class extends pg.Client {
    // pg declares a dozen overloads of query; whichever is called, the first argument holds the text.
    override query = ((...args: [string | { text: string }, ...unknown[]]) => {
      onSql(typeof args[0] === 'string' ? args[0] : args[0].text);
      return (pg.Client.prototype.query as (...args: unknown[]) => unknown).apply(this, args);
    }) as typeof pg.Client.prototype.query;
  };
}
