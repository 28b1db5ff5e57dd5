import pg from 'pg';
import type { JobTransaction } from './add-job.ts';
import type { RetentionClient } from './by-age.ts';

/** What is asked here of a Prisma client, for programs that have none. */
export interface PlainDatabase extends JobTransaction, RetentionClient {
  $transaction<R>(act: (tx: PlainTransaction) => Promise<R>): Promise<R>;
  close(): Promise<void>;
}

export type PlainTransaction = JobTransaction & RetentionClient;

/** A domain's database, with ten connections at most. */
export function openDatabase(databaseUrl: string): PlainDatabase {
  const pool = new pg.Pool({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  pool.on('error', () => undefined);
  return {
    ...queriesOn(pool),
    async $transaction(act) {
      const client = await pool.connect();
      client.on('error', ignore);
      try {
        await client.query('BEGIN');
        const result = await act(queriesOn(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        // Where the connection is gone, so is the transaction.
        await client.query('ROLLBACK').catch(ignore);
        throw error;
      } finally {
        client.removeListener('error', ignore);
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

function queriesOn(connection: pg.Pool | pg.PoolClient): PlainTransaction {
  const query = async <T>(text: string, values: unknown[]) => (await connection.query(text, values)).rows as T;
  return {
    $queryRaw: (parts, ...values) => query(parts.reduce((text, part, i) => `${text}$${i}${part}`), values),
    $queryRawUnsafe: (text, ...values) => query(text, values),
  };
}

function ignore(): void {
  // The statement on the connection has failed, and told so.
}
