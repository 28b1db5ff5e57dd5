import { startDatabase, startThrowAway, type EmbeddedServer } from '@forge/database';
import { runSql, startTraceCollector, type TraceCollector } from '@forge/testing';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { listDomains } from '../domains.ts';
import { runSplit, type SplitPlatform } from './split-platform.ts';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

let server: EmbeddedServer;
let collector: TraceCollector;
let split: SplitPlatform;
let together: TestPlatform;
/** Of each topology: where it answers, and its workflow database. */
let topologies: Record<'together' | 'split', { endpoint: string; databaseUrl: string }>;

beforeAll(async () => {
  [server, collector, together] = await Promise.all([startThrowAway(), startTraceCollector(), startTestPlatform(async () => undefined)]);
  split = runSplit(server.url, ['--no-seed'], { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
  await split.said(/Forge Graph is ready/);
  const projectDir = join(import.meta.dirname, '../../../..');
  const database = await startDatabase({ env: { DATABASE_URL: server.url }, projectDir, domains: listDomains(projectDir) });
  topologies = {
    together: { endpoint: together.endpoint, databaseUrl: together.urls.get('workflow') ?? '' },
    split: { endpoint: split.endpoint(), databaseUrl: await database.urlFor('workflow') },
  };
}, 180_000);
afterAll(async () => {
  split.signal('SIGTERM');
  await split.ended;
  await Promise.all([server.stop(), collector.close(), together.close()]);
});

const query = '{ workflows(first: 1) { nodes { name } } }';
const ask = (endpoint: string, signal?: AbortSignal) => fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }), signal: signal ?? null });

test.each(['together', 'split'] as const)('%s, a client that leaves takes its statement along, from the database too', async (topology) => {
  const { endpoint, databaseUrl } = topologies[topology];
  const waiting = async () => (await runSql(databaseUrl, `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)).length;
  const until = async (count: number) => {
    while ((await waiting()) !== count) await setTimeout(5);
  };
  const lock = runSql(databaseUrl, 'BEGIN; LOCK TABLE "workflows" IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(5); COMMIT');
  await setTimeout(200);
  const client = new AbortController();
  const answer = ask(endpoint, client.signal).catch((error: unknown) => (error as Error).name);
  await until(1);
  const began = performance.now();
  client.abort();
  await until(0);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(await answer).toBe('AbortError');
  await lock;
  expect(await (await ask(endpoint)).json()).toEqual({ data: { workflows: { nodes: [] } } });
});

test('what an operation does in each process is one trace', async () => {
  collector.spans.length = 0;
  await ask(topologies.split.endpoint);
  const root = () => collector.spans.find(({ name }) => name === 'graphql query');
  while (!root() || !collector.spans.some(({ name, traceId }) => name === 'sql' && traceId === root()?.traceId)) await setTimeout(50);
  const found = root();
  expect(found && collector.tree(found)).toEqual(['graphql query', ['plan'], ['fetch workflow', ['execute', ['sql']]]]);
  const services = new Set(collector.spans.filter(({ traceId }) => traceId === found?.traceId).map(({ service }) => service));
  expect([...services].sort()).toEqual(['forge-gateway', 'forge-subgraph-workflow']);
});
