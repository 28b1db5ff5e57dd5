import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, Reader } from './reader.ts';

/** Every domain at one moment, and what was on its way from one to another by then. */
export interface Snapshots {
  of(domain: string): Reader;
  /** Events that their subscribers have not taken yet. */
  readonly pending: number;
  /** Events that were refused so often that they are not sent again by themselves. */
  readonly setAside: number;
  /** Whether somebody else is connected, so that figures may be moving. */
  readonly isLive: boolean;
}

interface State {
  /** Of the last event that was written, whether or not it has been committed. */
  readonly last: string | null;
  readonly pending: number;
  readonly setAside: number;
  readonly others: number;
}

const state = `
  SELECT pg_sequence_last_value(pg_get_serial_sequence('"eventOutbox"', 'sequence')::regclass)::text AS last, count(*) FILTER (WHERE "setAsideAt" IS NULL)::int AS pending,
    count("setAsideAt")::int AS "setAside",
    (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend') AS others
  FROM "eventOutbox" WHERE "deliveredAt" IS NULL`;

/**
 * Freezes all connections at a moment when nothing was on its way, so that what one domain says of another's rows is true; waits
 * for that moment for at most `waitSeconds`, and not at all where nobody is there to deliver. Then it takes the moment that there is.
 */
export async function takeSnapshots(connections: ReadonlyMap<string, Connection>, waitSeconds: number): Promise<Snapshots> {
  const all = [...connections.values()];
  const states = () => Promise.all(all.map((connection) => connection.rows<State>(state).then(([row]) => row as State)));
  for (const deadline = Date.now() + waitSeconds * 1_000; ; ) {
    const before = await states();
    await Promise.all(all.map((connection) => connection.freeze()));
    const now = await states();
    const sum = (count: (each: State) => number) => now.reduce((total, each) => total + count(each), 0);
    const [pending, setAside, isLive] = [sum((each) => each.pending), sum((each) => each.setAside), sum(({ others }) => others) > 0];
    const isQuiet = pending === 0 && now.every(({ last }, i) => last === before[i]?.last);
    if (isQuiet || !isLive || Date.now() > deadline) return { of: (domain) => readerOf(connections, domain), pending, setAside, isLive };
    await thaw(connections);
    await sleep(100);
  }
}

export async function thaw(connections: ReadonlyMap<string, Connection>): Promise<void> {
  await Promise.all([...connections.values()].map((connection) => connection.thaw()));
}

function readerOf(connections: ReadonlyMap<string, Connection>, domain: string): Reader {
  const connection = connections.get(domain);
  if (!connection) throw new Error(`the ${domain} domain has no database`);
  return connection;
}
