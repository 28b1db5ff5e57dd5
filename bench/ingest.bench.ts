import { demoPrincipal } from '@forge/auth';
import type { Forge } from '@forge/cli/src/forge.ts';
import { createFront, inProcess, openPlatform, startSubgraphs } from '@forge/cli/src/platform.ts';
import { urlOf } from '@forge/database';
import { newId } from '@forge/subgraph-kit';
import pg from 'pg';
import { pino } from 'pino';
import { startServer } from './server.ts';

const batch = 1_000;
const batches = 20;
const rounds = 5;
const promised = 0.4;

const modelId = newId('Model');
const gatewayId = newId('Gateway');
const ids = { runId: newId('WorkflowRun'), workflowId: newId('Workflow'), stepResultId: newId('StepResult'), agentId: newId('Agent'), workerId: newId('Worker') };

let made = 0;

/** A batch of events of the last hour, as a gateway's runtime would report them. */
function makeEvents() {
  return Array.from({ length: batch }, () => ({
    idempotencyKey: `bench-${made++}`, occurredAt: new Date(Date.now() - Math.floor(Math.random() * 3_600_000)).toISOString(),
    ...ids, stepId: 'draft', gatewayId, modelId, inputTokens: 1_200, outputTokens: 340, cachedInputTokens: 200, thinkingTokens: 40, succeeded: true,
  }));
}

/**
 * Rows a second through `recordTokenEvents`, over HTTP and the gateway, beside a multi-row INSERT by pg of rows that are
 * priced already: the same table, batches of 1,000 one after the other, in turns.
 */
export async function run({ projectDir }: Forge): Promise<void> {
  const server = await startServer();
  const { urls } = await openPlatform({ projectDir, env: { DATABASE_URL: server.url } }, () => undefined);
  const logger = pino({ level: 'warn' });
  const subgraphs = await startSubgraphs(urls, { logger });
  const gateway = await createFront({ projectDir }, inProcess(subgraphs), { authenticate: () => demoPrincipal, logger });
  const endpoint = `${await gateway.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  const client = new pg.Client({ connectionString: urlOf(urls.get('analytics') ?? '', 'forge_analytics') });
  await client.connect();
  try {
    await ask(endpoint, `mutation ($input: RecordModelPriceInput!) { result: recordModelPrice(input: $input) { userErrors { message } } }`,
      { modelId, inputPrice: '3', outputPrice: '15', cachedInputPrice: '0.3', effectiveFrom: new Date(Date.now() - 86_400_000).toISOString(), source: 'bench' });
    const through = () => ask(endpoint, record, { events: makeEvents() });
    const plain = () => insert(client);
    // Plans, partitions and the just-in-time compiler are not what is measured.
    for (let i = 0; i < 5; i++) await through().then(plain);

    const ratios: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      const [graph, sql] = [await rowsASecond(through), await rowsASecond(plain)];
      ratios.push(graph / sql);
      console.log(`round ${round}: recordTokenEvents ${graph.toFixed(0)} rows/s, INSERT ${sql.toFixed(0)} rows/s, ratio ${(graph / sql).toFixed(2)}`);
    }
    const median = ratios.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
    console.log(`median ratio ${median.toFixed(2)}; promised is at least ${promised}`);
    if (median < promised) process.exitCode = 1;
  } finally {
    await client.end();
    await gateway.close();
    await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
    await server.stop();
  }
}

const record = `mutation ($input: RecordTokenEventsInput!) { result: recordTokenEvents(input: $input) { createdCount userErrors { message } } }`;

async function ask(endpoint: string, query: string, input: object): Promise<void> {
  const response = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables: { input } }) });
  const text = await response.text();
  const { data } = JSON.parse(text) as { data?: { result: { createdCount?: number; userErrors: unknown[] } } };
  if (data?.result.userErrors.length !== 0 || (data.result.createdCount ?? batch) !== batch) throw new Error(text.slice(0, 500));
}

async function insert(client: pg.Client): Promise<void> {
  const rows = makeEvents().map((event) => ({ ...event, id: newId('TokenEvent'), orgId: demoPrincipal.orgId, costCents: '0.816', createdAt: event.occurredAt }));
  const columns = Object.keys(rows[0] ?? {}) as (keyof (typeof rows)[number])[];
  const placeholders = rows.map((_, r) => `(${columns.map((__, c) => `$${r * columns.length + c + 1}`).join(',')})`).join(',');
  await client.query(`INSERT INTO "tokenEvents" (${columns.map((column) => `"${column}"`).join(',')}) VALUES ${placeholders}`, rows.flatMap((row) => columns.map((column) => row[column])));
}

async function rowsASecond(write: () => Promise<void>): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < batches; i++) await write();
  return (batch * batches * 1_000) / (performance.now() - started);
}
