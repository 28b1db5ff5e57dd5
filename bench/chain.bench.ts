import { demoPrincipal } from '@forge/auth';
import type { Forge } from '@forge/cli/src/forge.ts';
import { createFront, inProcess, openPlatform, startSubgraphs } from '@forge/cli/src/platform.ts';
import { verify } from '@forge/cli/src/verify/verify.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { runAtOnce, startRun, type Load } from './chain-runtime.ts';
import { askAt, makeChainWorld } from './chain-world.ts';
import { startServer } from './server.ts';

const runsAtATime = 40;
const seconds = 30;

/**
 * Steps a second from end to end: made, covered by the budgets, claimed, begun, done with one LLM call, its cost on the run. The whole
 * platform in one process, with four runtimes in the same process that talk to it over HTTP and take no time for their work.
 */
export async function run({ projectDir }: Forge): Promise<void> {
  const server = await startServer();
  try {
    const { urls } = await openPlatform({ projectDir, env: { DATABASE_URL: server.url } }, () => undefined);
    const logger = pino({ level: 'warn' });
    const subgraphs = await startSubgraphs(urls, { logger, env: { FORGE_SECRET_KEYS: `bench:${Buffer.alloc(32, 1).toString('base64')}` } });
    const gateway = await createFront({ projectDir }, inProcess(subgraphs), { authenticate: () => demoPrincipal, logger });
    try {
      const ask = askAt(`${await gateway.listen({ host: '127.0.0.1', port: 0 })}/graphql`);
      const world = await makeChainWorld(ask);
      // The workflow domain hears of agents by events.
      await sleep(1_000);
      const [started, cpu, stopping] = [performance.now(), process.cpuUsage(), new AbortController()];
      const load: Load = { ask, world, stopping: stopping.signal, open: new Set() };
      for (let i = 0; i < runsAtATime; i++) await startRun(load);
      setTimeout(() => stopping.abort(), seconds * 1_000);
      await Promise.all(world.gatewayIds.map((gatewayId) => runAtOnce(load, gatewayId)));
      await untilDelivered(urls);
      const [elapsed, { user, system }] = [(performance.now() - started) / 1_000, process.cpuUsage(cpu)];
      await tell(urls, elapsed);
      console.log(`this process used ${((user + system) / 1e6 / elapsed).toFixed(2)} processors, those of PostgreSQL besides`);
    } finally {
      await gateway.close();
      await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
    }
    const { differenceCount } = await verify({ urls, waitSeconds: 10, say: console.log });
    if (differenceCount > 0) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

async function untilDelivered(urls: ReadonlyMap<string, string>): Promise<void> {
  for (const domain of ['workflow', 'analytics', 'budget', 'workflow', 'analytics', 'budget']) {
    while ((await rows(urls, domain, 'SELECT 1 AS waiting FROM "eventOutbox" WHERE "deliveredAt" IS NULL LIMIT 1')).length > 0) await sleep(20);
  }
}

interface Step {
  readonly id: string;
  readonly made: number;
  readonly claimed: number;
  readonly done: number;
}

async function tell(urls: ReadonlyMap<string, string>, elapsed: number): Promise<void> {
  const [ended] = await rows<{ runs: number; cents: string }>(urls, 'workflow', `SELECT count(*)::int AS runs, sum("totalCostCents")::text AS cents FROM "workflowRuns" WHERE "status" = 'COMPLETED'`);
  const steps = await rows<Step>(urls, 'workflow', `SELECT "id", ${milliseconds('createdAt')} AS made, ${milliseconds('claimedAt')} AS claimed, ${milliseconds('completedAt')} AS done
    FROM "stepResults" WHERE "status" = 'COMPLETED' AND "costCents" > 0`);
  // An attempt is ready in the transaction that records the answer of the budgets as handled.
  const answers = await rows<{ id: string; stepResultId: string }>(urls, 'budget', `SELECT "id", "payload"->>'stepResultId' AS "stepResultId" FROM "eventOutbox" WHERE "type" = 'budget.reservation.answered'`);
  const handled = new Map((await rows<{ key: string; at: number }>(urls, 'workflow', `SELECT "key", ${milliseconds('handledAt')} AS at FROM "callbackDedup" WHERE "source" = 'event /forge/budget'`)).map(({ key, at }) => [key, at]));
  const readyAt = new Map(answers.map(({ id, stepResultId }) => [stepResultId, handled.get(id)]));

  console.log(`${ended?.runs ?? 0} runs, ${steps.length} steps in ${elapsed.toFixed(1)} s: ${(steps.length / elapsed).toFixed(1)} steps/s, ${((ended?.runs ?? 0) / elapsed).toFixed(1)} runs/s; ${ended?.cents ?? '0'} cents on the runs`);
  tellTimes('from made to ready, its money reserved', steps.map(({ id, made }) => (readyAt.get(id) ?? NaN) - made));
  tellTimes('from ready to claimed', steps.map(({ id, claimed }) => claimed - (readyAt.get(id) ?? NaN)));
  tellTimes('from claimed to done', steps.map(({ claimed, done }) => done - claimed));
  for (const domain of ['workflow', 'budget', 'analytics']) {
    const lags = await rows<{ road: string; lag: number }>(urls, domain, `SELECT "type" || ' to ' || "subscriber" AS road, ${milliseconds('deliveredAt')} - ${milliseconds('occurredAt')} AS lag FROM "eventOutbox"`);
    for (const [road, own] of Map.groupBy(lags, (each) => each.road)) tellTimes(`event ${road}`, own.map(({ lag }) => lag));
  }
}

function milliseconds(column: string): string {
  return `extract(epoch FROM "${column}")::float8 * 1000`;
}

function tellTimes(what: string, times: readonly number[]): void {
  const sorted = times.filter((time) => !Number.isNaN(time)).toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(0);
  console.log(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms (${sorted.length})`);
}

async function rows<R extends pg.QueryResultRow>(urls: ReadonlyMap<string, string>, domain: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: urls.get(domain) });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}
