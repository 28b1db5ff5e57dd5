import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

/** Where a session is and by what the server knows it: what pg keeps on a client and leaves out of its types. */
interface Session {
  readonly processID: number;
  readonly secretKey: number;
  readonly ssl: boolean | object;
  readonly sslNegotiation: 'postgres' | 'direct';
}

/** The same of its connection. */
interface Wire extends NodeJS.EventEmitter {
  readonly stream: { destroy(error: Error): void };
  connect(portOrPath: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
}

// A statement that has not reached the server yet is not cancelled, so it takes several tries: these many milliseconds apart.
const pauses = [10, 20, 40, 80, 160, 320, 640, 1_280];

/**
 * Has the statement on `client` cancelled, of which `answer` is the end, and closes the connection. In this order: until the server
 * has passed a cancellation on, it may hit whatever runs there next, so nothing may. Until then the connection counts for the pool.
 */
export async function giveUp(client: pg.PoolClient, answer: Promise<unknown>, logger: Logger): Promise<void> {
  const ended = answer.then(() => true, () => true);
  try {
    for (const pause of pauses) {
      await requestCancel(client);
      if (await Promise.race([ended, sleep(pause, false, { ref: false })])) break;
    }
  } catch (error) {
    logger.warn({ err: error }, 'a statement could not be cancelled; it ends by itself within its time limit');
  } finally {
    client.release(true);
  }
}

/**
 * Asks the server to cancel what runs on `client`, over a connection of its own, and comes back when the server has passed that on.
 * Rejects when the server cannot be reached in time.
 *
 * By CancelRequest (PostgreSQL manual, "Canceling Requests in Progress") and not by `pg_cancel_backend`: it needs no place among the
 * server's connections, of which there may be none left just when reads are given up, and it reaches the right session through a
 * connection pooler.
 */
async function requestCancel(client: pg.Client, milliseconds = 2_000): Promise<void> {
  const { processID, secretKey, ssl, sslNegotiation } = client as unknown as Session;
  const wire = new pg.Connection({ ssl, sslNegotiation } as pg.ConnectionConfig) as unknown as Wire;
  const { promise: passedOn, resolve, reject } = Promise.withResolvers<void>();
  wire.on('connect', () => {
    if (!ssl) wire.cancel(processID, secretKey);
    else if (sslNegotiation !== 'direct') wire.requestSsl();
  });
  wire.on('sslconnect', () => wire.cancel(processID, secretKey));
  wire.on('error', reject);
  // The server answers nothing; it closes the connection when it has signalled.
  wire.on('end', resolve);
  const late = setTimeout(() => wire.stream.destroy(new Error(`the server took no cancellation within ${milliseconds} ms`)), milliseconds);
  if (client.host.startsWith('/')) wire.connect(`${client.host}/.s.PGSQL.${client.port}`);
  else wire.connect(client.port, client.host);
  try {
    await passedOn;
  } finally {
    clearTimeout(late);
  }
}
