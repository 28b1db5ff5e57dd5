import pg from 'pg';

/** Runs `use` on a connection of its own, and ends it. */
export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = newClient(url);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end();
  }
}

/** A client not yet connected. When its connection breaks, the statement on it fails and nothing else does. */
export function newClient(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  return client;
}
