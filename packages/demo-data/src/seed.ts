import { OperatorError } from '@forge/config';
import pg from 'pg';
import { organisations, type Organisation } from './cast.ts';
import { copyRows } from './copy.ts';
import { makeDemoData } from './demo-data.ts';
import type { Row, Tables } from './rows.ts';

export interface SeedOptions {
  /** The URL of each domain's database, migrated. */
  readonly urls: ReadonlyMap<string, string>;
  /** Hears a line for each domain. */
  readonly onProgress?: (line: string) => void;
  /** When the data ends; 100 days of history lie before it. */
  readonly now?: Date;
  readonly runs?: number;
  /** Both, unless said otherwise. */
  readonly of?: readonly Organisation[];
  /** Gives up in the middle, and rolls back the domain that is being filled. */
  readonly signal?: AbortSignal;
}

export type SeedOutcome = 'seeded' | 'seeded before' | 'not empty';

/** What a domain's database holds: nothing, demo data as of a time (whatever was added since), or data of someone's own. */
type Holding = { readonly kind: 'nothing' } | { readonly kind: 'demo'; readonly asOf: Date } | { readonly kind: 'other' };

/**
 * Fills the domains with the demo organisation, unless one of them holds data of its own. Each domain is filled in one
 * transaction that also notes the time the data ends at, so that after a crash the next call fills those that are still
 * empty with what belongs to the rest. Of two calls at once the second waits, and finds nothing to do.
 */
export async function seedIfEmpty({ urls, onProgress = () => undefined, now = new Date(), runs = 2_000, of = organisations, signal }: SeedOptions): Promise<SeedOutcome> {
  return withClients(urls, async (clients) => {
    const holdings = new Map<string, Holding>();
    for (const [domain, client] of clients) holdings.set(domain, await holdingOf(client));
    const all = [...holdings.values()];
    if (all.some(({ kind }) => kind === 'other')) return 'not empty';
    if (all.every(({ kind }) => kind === 'demo')) return 'seeded before';

    const asOf = all.find((holding) => holding.kind === 'demo')?.asOf ?? now;
    onProgress(`Making demo data: ${runs.toLocaleString('en')} runs up to ${asOf.toISOString()}`);
    const data = makeDemoData(asOf, runs, of);
    for (const [domain, client] of clients) {
      if (holdings.get(domain)?.kind !== 'nothing') continue;
      const started = performance.now();
      const rows = await fill(client, domain, data[domain] ?? [], asOf, signal);
      onProgress(`${domain}: ${rows.toLocaleString('en')} rows in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
    return 'seeded';
  });
}

/** Connects to every domain, and holds the lock of seeding in the first of them meanwhile. */
async function withClients<T>(urls: ReadonlyMap<string, string>, use: (clients: ReadonlyMap<string, pg.Client>) => Promise<T>): Promise<T> {
  const clients = new Map<string, pg.Client>();
  try {
    for (const [domain, connectionString] of urls) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      clients.set(domain, client);
    }
    const [first] = clients.values();
    await first?.query(`SET lock_timeout = '5min'`);
    await first?.query(`SELECT pg_advisory_lock(hashtext('forge seed'))`);
    return await use(clients);
  } finally {
    for (const client of clients.values()) await client.end();
  }
}

/** Noted where it needs no table of its own and outlives every retention: in the comment on Prisma's table. */
const note = 'Forge demo data as of ';

async function holdingOf(client: pg.Client): Promise<Holding> {
  const { rows: [found] } = await client.query<{ comment: string | null }>(`SELECT obj_description(to_regclass('"_prisma_migrations"')) AS comment`);
  if (found?.comment?.startsWith(note)) return { kind: 'demo', asOf: new Date(found.comment.slice(note.length)) };
  const { rows: tables } = await client.query<{ relname: string }>(`
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> '_prisma_migrations'`);
  if (tables.length === 0) throw new OperatorError('a domain has no tables yet; run `pnpm forge db migrate` first');
  const { rows: [any] } = await client.query<{ rows: boolean }>(`SELECT ${tables.map(({ relname }) => `EXISTS (SELECT FROM "${relname}")`).join(' OR ')} AS rows`);
  return { kind: any?.rows ? 'other' : 'nothing' };
}

async function fill(client: pg.Client, domain: string, batches: readonly Tables[], asOf: Date, signal?: AbortSignal): Promise<number> {
  const loads = batches.flatMap((tables) => Object.entries(tables));
  await client.query('BEGIN');
  try {
    await ensurePartitions(client, loads.flatMap(([table, rows]) => (table === 'tokenEvents' ? rows : [])));
    for (const [table, rows] of loads) {
      signal?.throwIfAborted();
      await copyRows(client, table, rows);
    }
    await client.query(`COMMENT ON TABLE "_prisma_migrations" IS ${client.escapeLiteral(note + asOf.toISOString())}`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  // Until autovacuum comes by, the planner would take every table for empty.
  await client.query('ANALYZE');
  return loads.reduce((sum, [, rows]) => sum + rows.length, 0);
}

async function ensurePartitions(client: pg.Client, events: readonly Row[]): Promise<void> {
  const days = events.map((event) => (event['occurredAt'] as Date).toISOString().slice(0, 10)).sort();
  if (days.length > 0) await client.query('SELECT ensure_token_event_partitions($1, $2)', [days[0], days.at(-1)]);
}
