import { demoPrincipal } from '@forge/auth';
import type { Forge } from '@forge/cli/src/forge.ts';
import { subgraphs } from '@forge/cli/src/subgraphs.ts';
import { migrate, urlOf } from '@forge/database';
import { newId, type Subgraph } from '@forge/subgraph-kit';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { startServer } from './server.ts';

const sizes = [100_000, 3_000_000] as const;
const days = 60;
const rounds = 31;
const promised = 1.3;
const day = 86_400_000;

const agentIds = Array.from({ length: 10 }, () => newId('Agent'));
const today = Math.floor(Date.now() / day) * day;
const windows = [
  { name: '30 days in hours', from: today - 30 * day, to: today },
  { name: '30 days in days', from: today - 60 * day, to: today - 30 * day },
];

/**
 * How long it takes to read what an agent has cost in 30 days, page by page, and how much longer with thirty times as many
 * token events: in databases of their own, in turns.
 */
export async function run({ projectDir }: Forge): Promise<void> {
  const server = await startServer();
  const opened: Subgraph[] = [];
  try {
    for (const size of sizes) {
      const started = performance.now();
      const databaseUrl = await makeDatabase(server.url, projectDir, size);
      console.log(`${size.toLocaleString('en')} token events made in ${((performance.now() - started) / 1000).toFixed(0)} s`);
      opened.push(await subgraphs.analytics({ databaseUrl, logger: pino({ level: 'warn' }) }));
    }
    const [few, many] = opened as [Subgraph, Subgraph];
    for (const { name, ...window } of windows) {
      const times: { few: number; many: number }[] = [];
      for (let round = 0; round < rounds + 3; round++) times.push({ few: await read(few, window), many: await read(many, window) });
      // Plans and the just-in-time compiler are not what is measured.
      const measured = times.slice(3);
      const [withFew, withMany] = [median(measured.map((time) => time.few)), median(measured.map((time) => time.many))];
      const ratio = median(measured.map((time) => time.many / time.few));
      console.log(`${name}: ${withFew.toFixed(1)} ms with few, ${withMany.toFixed(1)} ms with many, ratio ${ratio.toFixed(2)}; promised is at most ${promised}`);
      if (ratio > promised) process.exitCode = 1;
    }
  } finally {
    for (const subgraph of opened) await subgraph.close();
    await server.stop();
  }
}

async function makeDatabase(serverUrl: string, projectDir: string, size: number): Promise<string> {
  const url = urlOf(serverUrl, `analytics_${size}`);
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE analytics_${size}`));
  await migrate({ url, domain: 'analytics', schemaDir: join(projectDir, 'prisma/analytics') });
  await withClient(url, async (client) => {
    await client.query(`SELECT ensure_token_event_partitions($1, $2)`, [new Date(today - days * day), new Date(today)]);
    // Those that nothing here reads by: it would take most of the time to keep them.
    const { rows } = await client.query<{ name: string }>(`SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = '"tokenEvents"'::regclass AND NOT indisunique`);
    for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
    await client.query(`SET work_mem = '256MB'`);
    await client.query(makeEvents, [demoPrincipal.orgId, size, new Date(today - days * day), `${(days * day) / size} milliseconds`, agentIds]);
    await client.query(makeAggregates, [new Date(today - 30 * day)]);
    await client.query('VACUUM ANALYZE');
  });
  return url;
}

/** Evenly over the time, in runs of 30 calls, ten of them at once. */
const makeEvents = `
  INSERT INTO "tokenEvents" ("id", "orgId", "runId", "workflowId", "agentId", "gatewayId", "modelId", "workerId", "factoryId", "inputTokens", "outputTokens", "costCents", "succeeded", "occurredAt", "idempotencyKey")
  SELECT 'tok_' || n, $1, 'run_' || n % 10 + n / 300 * 10, 'wf_' || n % 5, ($5::text[])[n % 10 + 1], 'gw_' || n % 2, 'mdl_' || n / 10 % 3, 'wrk_' || n % 10, 'fac_' || n % 5,
    n % 4999, n % 997, n % 9973 * 0.0000012345, n % 50 > 0, $3::timestamptz + n * $4::interval, n::text
  FROM generate_series(0, $2::int - 1) AS n`;

/** As recording them would have: hours, days before $1, a run in the bucket of its first call of the scope. */
const makeAggregates = `
  WITH alike AS MATERIALIZED (
    SELECT "orgId", date_trunc('hour', "occurredAt") AS hour, "runId", "workflowId", "agentId", "gatewayId", "modelId", "workerId", "factoryId", min("occurredAt") AS first,
      sum("inputTokens") AS input, sum("outputTokens") AS output, sum("costCents") AS cost, count(*) AS events, count(*) FILTER (WHERE "succeeded") AS successes
    FROM "tokenEvents" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ), scoped AS (
    SELECT alike.*, scope.type, scope.id, row_number() OVER (PARTITION BY scope.type, scope.id, "runId" ORDER BY first) = 1 AS "isFirst"
    FROM alike CROSS JOIN LATERAL (VALUES ('GLOBAL', NULL), ('WORKFLOW', "workflowId"), ('AGENT', "agentId"), ('GATEWAY', "gatewayId"), ('MODEL', "modelId"),
      ('WORKER', "workerId"), ('FACTORY', "factoryId")) AS scope(type, id)
  )
  INSERT INTO "costAggregates" ("id", "orgId", "period", "bucketStart", "scopeType", "scopeId", "inputTokens", "outputTokens", "cachedInputTokens", "thinkingTokens", "costCents",
    "eventCount", "runCount", "successCount", "failureCount")
  SELECT type_id('cag', start), "orgId", period, start, type::"CostAggregateScopeType", id, sum(input), sum(output), 0, 0, sum(cost), sum(events), count(*) FILTER (WHERE "isFirst"),
    sum(successes), sum(events) - sum(successes)
  FROM scoped CROSS JOIN LATERAL (SELECT cost_period(hour, $1, NULL) AS period, cost_bucket_start(cost_period(hour, $1, NULL), hour) AS start) AS bucket
  GROUP BY "orgId", period, start, type, id`;

const question = `
  query ($agent: String!, $from: DateTime!, $to: DateTime!, $after: String) {
    costAggregates(where: { scopeType: { eq: AGENT }, scopeId: { eq: $agent }, bucketStart: { gte: $from, lt: $to } }, first: 100, after: $after) {
      nodes { bucketStart costCents eventCount runCount } pageInfo { hasNextPage endCursor }
    }
  }`;

interface Page {
  readonly nodes: readonly { readonly eventCount: number }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** Reads the window of one agent to its end, and answers how many milliseconds that took. */
async function read(subgraph: Subgraph, { from, to }: { from: number; to: number }): Promise<number> {
  const started = performance.now();
  let [events, after] = [0, null as string | null];
  do {
    const variables = { agent: agentIds[0], from: new Date(from).toISOString(), to: new Date(to).toISOString(), after };
    const { data, errors } = await subgraph.execute({ query: question, variables }, { principal: demoPrincipal });
    if (errors) throw new Error(JSON.stringify(errors));
    const { nodes, pageInfo } = data?.['costAggregates'] as Page;
    for (const { eventCount } of nodes) events += eventCount;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  if (events === 0) throw new Error('there is nothing in the window');
  return performance.now() - started;
}

async function withClient<T>(connectionString: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
