import { createPool } from '@forge/subgraph-kit';
import { pino } from 'pino';

/** One domain's database at one moment. Numerics and bigints come as text, times as Dates. */
export interface Reader {
  rows<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** What a statement gives, at most a thousand rows at a time, however many there are. */
  pages<Row extends object>(text: string, values?: readonly unknown[]): AsyncGenerator<Row[]>;
}

/** A connection that can write nothing. */
export interface Connection extends Reader {
  /** From now on, all that is read is as it is now. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  close(): Promise<void>;
}

const pageSize = 1_000;

/** Connects; once `asked` is aborted, every read throws. */
export async function connect(databaseUrl: string, asked?: AbortSignal): Promise<Connection> {
  const pool = createPool({ databaseUrl, logger: pino({ level: 'silent' }) });
  const client = await pool.connect().catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  // The pool's limits are for requests; this takes as long as it takes.
  await client.query('SET default_transaction_read_only = on; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0');
  let cursors = 0;
  const rows = async <Row extends object>(text: string, values: readonly unknown[] = []) => {
    asked?.throwIfAborted();
    return (await client.query<Row>(text, [...values])).rows;
  };
  return {
    rows,
    async *pages<Row extends object>(text: string, values: readonly unknown[] = []) {
      const cursor = `pages_${++cursors}`;
      await rows(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${text}`, values);
      try {
        for (;;) {
          const page = await rows<Row>(`FETCH ${pageSize} FROM ${cursor}`);
          if (page.length > 0) yield page;
          if (page.length < pageSize) return;
        }
      } finally {
        await client.query(`CLOSE ${cursor}`);
      }
    },
    async freeze() {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    },
    async thaw() {
      await client.query('ROLLBACK');
    },
    async close() {
      client.release();
      await pool.end();
    },
  };
}
