import { hash } from 'node:crypto';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Counted, RateStore, RateStoreOptions } from './rate-store.ts';
import { createTable, findTable, giveBackPoints, lookAtPoints, removeOld, takePoints } from './postgres-statements.ts';
import { windowOffset } from './rate-window.ts';

export interface PostgresStoreOptions extends RateStoreOptions {
  readonly url: string;
  /** For a connection, and for the answer to a statement. */
  readonly timeoutMilliseconds: number;
  readonly logger: Logger;
}

const cleaningMilliseconds = 10 * 60_000;
const noSuchTable = '42P01';

/** Counts in a table of a PostgreSQL that all replicas share, which is made when it is not there. */
export function postgresStore({ url, limit, windowSeconds, timeoutMilliseconds, logger }: PostgresStoreOptions): RateStore {
  // A connection whose answer is late is dropped.
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: timeoutMilliseconds, query_timeout: timeoutMilliseconds });
  const onError = (err: unknown) => logger.warn({ err }, 'a connection to the rate limit store failed');
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', onError);
  let table: Promise<void> | undefined;
  const cleaning = setInterval(() => void query('rate-clean', removeOld, [windowSeconds]).catch(onError), cleaningMilliseconds).unref();

  return {
    async take(key, points) {
      return oneOf(await query<Counted>('rate-take', takePoints, [...windowOf(key), nameOf(key), points, limit]));
    },
    async giveBack(key, points, window) {
      await query('rate-give-back', giveBackPoints, [nameOf(key), window, points]);
    },
    async look(key) {
      const counted = oneOf(await query<Omit<Counted, 'allowed'>>('rate-look', lookAtPoints, [...windowOf(key), nameOf(key)]));
      return { allowed: counted.used < limit, ...counted };
    },
    async close() {
      clearInterval(cleaning);
      await pool.end();
    },
  };

  async function query<R extends object>(name: string, text: string, values: unknown[]): Promise<R[]> {
    await (table ??= findOrCreate());
    try {
      return (await pool.query<R>({ name, text, values })).rows;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === noSuchTable) table = undefined;
      throw error;
    }
  }

  async function findOrCreate(): Promise<void> {
    try {
      const { rows: [{ found } = { found: false }] } = await pool.query<{ found: boolean }>(findTable);
      if (!found) await pool.query(createTable);
    } catch (error) {
      table = undefined;
      throw error;
    }
  }

  function windowOf(key: string): [number, number] {
    return [windowSeconds, windowOffset(key, windowSeconds)];
  }
}

/** Of the same length however long a subject is, and nobody's name in a table that others may read. */
function nameOf(key: string): string {
  return hash('sha256', key, 'base64url');
}

function oneOf<R>([row]: R[]): R {
  if (!row) throw new Error('the rate limit store answered with no row');
  return row;
}
