import { openDomain, startDatabase, startThrowAway } from '@forge/database';
import { createRandom, seedIfEmpty } from '@forge/demo-data';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listDomains } from '../domains.ts';
import { simulate, type Simulated } from '../simulate/simulate.ts';
import { verify, type Verified } from '../verify/verify.ts';
import { runSplit, stillThere, type SplitPlatform } from './split-platform.ts';

export interface ChaosOptions {
  readonly runs: number;
  /** Runs started a minute. */
  readonly rate: number;
  /** How many subgraph processes are killed. */
  readonly kills: number;
  /** From one kill to the next, in milliseconds: at least, at most. */
  readonly apart: readonly [number, number];
  readonly seed: number;
  readonly timeoutSeconds: number;
  readonly say: (line: string) => void;
}

export interface Chaos {
  readonly simulated: Simulated;
  readonly verified: Verified;
  /** The subgraphs whose processes were killed while there were runs under way. */
  readonly killed: readonly string[];
}

const projectDir = join(import.meta.dirname, '../../../..');

/** The platform as a process for each part, with runtimes that lose one answer in twenty, while its subgraphs are killed at random with -9; and whether it adds up. */
export async function runChaos({ kills, apart, seed, say, ...options }: ChaosOptions): Promise<Chaos> {
  const server = await startThrowAway();
  try {
    const domains = listDomains(projectDir);
    const database = await startDatabase({ env: { DATABASE_URL: server.url }, projectDir, domains });
    const urls = new Map<string, string>();
    for (const domain of domains) urls.set(domain, await openDomain(database, { domain, projectDir, onProgress: () => undefined }));
    await seedIfEmpty({ urls, runs: 20 });

    const split = runSplit(server.url, ['--no-seed']);
    try {
      await split.said(/Forge Graph is ready/);
      const url = split.endpoint();
      await raiseBudgets(url);
      const over = new AbortController();
      const killing = killAtRandom(split, domains, { kills, apart, seed, say }, over.signal);
      const simulated = await simulate({ ...options, url, runtimes: 4, speed: 200, seed, fail: 0.05, drop: 0.05, people: true, say, asked: AbortSignal.any([]) }).finally(() => over.abort());
      const killed = await killing;
      return { simulated, killed, verified: await verify({ urls, waitSeconds: 60, say }) };
    } finally {
      split.signal('SIGTERM');
      await split.ended;
    }
  } finally {
    await server.stop();
  }
}

/** Work and its cost pass through these; they are hit three times as often as the rest. */
const onTheWay = ['workflow', 'analytics', 'budget', 'factories'];

async function killAtRandom(split: SplitPlatform, domains: readonly string[], { kills, apart, seed, say }: Pick<ChaosOptions, 'kills' | 'apart' | 'seed' | 'say'>, over: AbortSignal): Promise<string[]> {
  const random = createRandom(seed);
  const killed: string[] = [];
  while (killed.length < kills) {
    await sleep(random.int(...apart));
    if (over.aborted) break;
    const domain = random.pick([...domains, ...onTheWay, ...onTheWay]);
    const pid = split.pids(domain).at(-1);
    // The last one's follower may not be there yet.
    if (pid === undefined || stillThere([pid]).length === 0) continue;
    process.kill(pid, 'SIGKILL');
    killed.push(domain);
    say(`killed ${domain}, the ${killed.length}. of ${kills}`);
  }
  return killed;
}

/** Budgets are there and count, but none of them stops a run. */
async function raiseBudgets(url: string): Promise<void> {
  const { budgets: { nodes } } = await ask<{ budgets: { nodes: { id: string }[] } }>(url, '{ budgets(first: 100) { nodes { id } } }');
  for (const { id } of nodes) {
    await ask(url, 'mutation ($input: UpdateBudgetInput!) { updateBudget(input: $input) { budget { id } userErrors { message } } }', { input: { id, amountCents: '100000000' } });
  }
}

async function ask<T>(url: string, query: string, variables: object = {}): Promise<T> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
