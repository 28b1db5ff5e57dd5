import type pg from 'pg';
import { newClient, withClient } from '../with-client.ts';

const users = `hashtext('forge users')`;

/** Its types leave out what it has of a socket. */
type Client = pg.Client & { ref(): void; unref(): void };

/** Ends the use; whoever is the last runs `end`, and nobody enters meanwhile. */
export type Leave = (end: () => Promise<void>) => Promise<void>;

/**
 * Counts this process among the users of the server, by a shared lock in it: PostgreSQL takes the lock back when the
 * process is gone, whatever became of it.
 */
export async function enterAsUser(url: string): Promise<Leave> {
  const client = newClient(url) as Client;
  try {
    await client.connect();
    await client.query(`SELECT pg_advisory_lock_shared(${users})`);
  } catch (error) {
    await client.end();
    throw error;
  }
  // To use the server is no reason for a process to go on.
  client.unref();
  return async (end) => {
    client.ref();
    await client.end();
    await withClient(url, async (last) => {
      const { rows } = await last.query<{ alone: boolean }>(`SELECT pg_try_advisory_lock(${users}) AS alone`);
      if (rows[0]?.alone) await end();
    });
  };
}
