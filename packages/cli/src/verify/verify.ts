import { aggregateDifferences, type AggregateDifference } from '@forge/subgraph-analytics';
import { readBudgets } from './budgets.ts';
import { checkAttempts } from './check-attempts.ts';
import { checkEvents } from './check-events.ts';
import { checkFactoryEvents } from './check-factory-events.ts';
import { checkLedgers } from './check-ledgers.ts';
import { checkReservations } from './check-reservations.ts';
import { checkRuns } from './check-runs.ts';
import { add, lineOf, listOf, noFindings, type Difference, type Findings } from './findings.ts';
import { keptEvents } from './kept-events.ts';
import { connect, type Connection, type Reader } from './reader.ts';
import { takeSnapshots, thaw, type Snapshots } from './snapshots.ts';

export interface VerifyOptions {
  /** The URL of each domain's database. */
  readonly urls: ReadonlyMap<string, string>;
  /** How long to wait for events that are on their way. */
  readonly waitSeconds: number;
  readonly say: (line: string) => void;
  /** Aborted, it looks no further. */
  readonly asked?: AbortSignal;
}

export interface Verified extends Findings {
  /** Events that were on their way, and that nobody takes any further. */
  readonly pending: number;
  readonly setAside: number;
  /** The first 1,000 of them. */
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
}

const shown = 100;
const remembered = 1_000;
/** While the platform is at work, one look may catch it between two domains; what is wrong is wrong each time. */
const looks = 3;

/** Works out every figure anew from token events and ledger entries, and says which are stored otherwise. Writes nothing. */
export async function verify({ urls, waitSeconds, say, asked }: VerifyOptions): Promise<Verified> {
  const connections = new Map<string, Connection>();
  try {
    for (const [domain, url] of urls) connections.set(domain, await connect(url, asked));
    let found: Verified | undefined;
    for (let look = 1; look <= looks; look++) {
      const snapshots = await takeSnapshots(connections, waitSeconds);
      if (look === 1) say(`events: ${snapshots.pending} on their way, ${snapshots.setAside} set aside`);
      const now = await lookOnce(snapshots);
      await thaw(connections);
      found = found ? inBoth(found, now) : now;
      if (found.differenceCount === 0 || found.differenceCount > remembered || !snapshots.isLive) break;
    }
    if (!found) throw new Error('nobody has looked');
    tell(found, say);
    return found;
  } finally {
    for (const connection of connections.values()) await connection.close();
  }
}

async function lookOnce(snapshots: Snapshots): Promise<Verified> {
  const findings = noFindings();
  const differences: Difference[] = [];
  let differenceCount = 0;
  for await (const difference of differencesIn(snapshots, findings)) {
    if (++differenceCount <= remembered) differences.push(difference);
  }
  const { pending, setAside } = snapshots;
  return { ...findings, pending, setAside, differences, differenceCount };
}

async function* differencesIn(snapshots: Snapshots, findings: Findings): AsyncGenerator<Difference> {
  const [analytics, budget, factories, workflow] = ['analytics', 'budget', 'factories', 'workflow'].map((domain) => snapshots.of(domain)) as [Reader, Reader, Reader, Reader];
  const kept = await keptEvents(analytics);
  const budgets = await readBudgets(budget);
  yield* checkAggregates(analytics, findings);
  yield* checkRuns(workflow, analytics, kept, findings);
  yield* checkAttempts(workflow, analytics, kept, findings);
  yield* checkLedgers(budget, analytics, budgets, kept, findings);
  yield* checkReservations(budget, workflow, findings);
  yield* checkEvents({ analytics, budget, factories, workflow }, budgets, findings);
  yield* checkFactoryEvents(factories, kept, findings);
}

/** Each aggregate is what the calls in it add up to. */
async function* checkAggregates(analytics: Reader, { checked, leftOut }: Findings): AsyncGenerator<Difference> {
  const [counts] = await analytics.rows<{ kept: string; old: string }>(`
    SELECT count(*) FILTER (WHERE "eventsFrom" IS NULL OR "bucketStart" >= "eventsFrom")::text AS kept, count(*) FILTER (WHERE "bucketStart" < "eventsFrom")::text AS old
    FROM "costAggregates" LEFT JOIN "compactionState" USING ("orgId")`);
  add(checked, 'aggregates', Number(counts?.kept));
  if (Number(counts?.old) > 0) add(leftOut, 'aggregates', Number(counts?.old));
  for await (const { period, bucketStart, scopeType, scopeId, ...rest } of aggregateDifferences((text, values) => analytics.rows(text, values))) {
    const { field, stored, recomputed }: Pick<AggregateDifference, 'field' | 'stored' | 'recomputed'> = rest;
    yield { what: `${period} aggregate of ${bucketStart.toISOString()}`, id: [scopeType, scopeId].filter((each) => each !== null).join(' '), field, stored, recomputed };
  }
}

function inBoth(first: Verified, second: Verified): Verified {
  const lines = new Set(second.differences.map(lineOf));
  const differences = first.differences.filter((each) => lines.has(lineOf(each)));
  return { ...second, differences, differenceCount: second.differenceCount > remembered ? second.differenceCount : differences.length };
}

function tell({ differences, differenceCount, checked, leftOut }: Verified, say: (line: string) => void): void {
  for (const difference of differences.slice(0, shown)) say(lineOf(difference));
  if (differenceCount > shown) say(`… and ${(differenceCount - shown).toLocaleString('en')} more`);
  say(`checked: ${listOf(checked)}`);
  if (leftOut.size > 0) say(`left out: ${listOf(leftOut)}`);
  say(differenceCount === 0 ? 'no difference' : `${differenceCount.toLocaleString('en')} differences`);
}
