import { demoPrincipal } from '@forge/auth';
import { startDatabase, startThrowAway, type EmbeddedServer } from '@forge/database';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createFront, inProcess, startSubgraphs } from '../platform.ts';
import { listDomains } from '../domains.ts';
import { runSplit, stillThere, type SplitPlatform } from './split-platform.ts';

interface Answer {
  readonly data: Record<string, unknown>;
  readonly errors?: readonly { path: (string | number)[]; extensions: object }[];
}

const chain = `{
  tokenEvents(first: 1) { totalCount }
  agents(first: 3) { nodes { id name } }
  workflowRuns(where: { status: { eq: COMPLETED } }, first: 3) { nodes {
    workflow { name } gateway { name status } tokenEvents(first: 2) { totalCount nodes { id } }
    stepResults(first: 4) { nodes { stepId agent { name tokenEvents(first: 1) { totalCount } } events: tokenEvents(first: 2) { nodes { costCents } } } } } }
}`;
const queries = [
  chain,
  '{ costAggregates(where: { scopeType: { eq: GLOBAL } }, first: 50) { totalCount nodes { period bucketStart costCents eventCount } } }',
  '{ workflows(first: 2) { nodes { name versions(first: 2) { totalCount } } } workflow(id: "run_01h455vb4pex5vsknk084sn02q") { id } }',
];

let server: EmbeddedServer;
let split: SplitPlatform;
beforeAll(async () => {
  server = await startThrowAway();
  split = runSplit(server.url);
  await split.said(/Forge Graph is ready/);
}, 120_000);
afterAll(async () => {
  split.signal('SIGTERM');
  await split.ended;
  await server.stop();
});

async function ask(query: string, endpoint = split.endpoint()): Promise<Answer> {
  const response = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  return (await response.json()) as Answer;
}

/** Asks the same of a gateway with all subgraphs in this process, on the same databases. */
async function askTogether(queries: readonly string[]): Promise<Answer[]> {
  const projectDir = join(import.meta.dirname, '../../../..');
  const domains = listDomains(projectDir);
  const database = await startDatabase({ env: { DATABASE_URL: server.url }, projectDir, domains });
  const urls = new Map(await Promise.all(domains.map(async (domain) => [domain, await database.urlFor(domain)] as const)));
  const logger = pino({ level: 'silent' });
  const subgraphs = await startSubgraphs(urls, { logger, jobs: false });
  const gateway = await createFront({ projectDir }, inProcess(subgraphs), { authenticate: async () => demoPrincipal, logger });
  const endpoint = `${await gateway.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  const answers = await Promise.all(queries.map((query) => ask(query, endpoint)));
  await gateway.close();
  await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
  return answers;
}

/** Where `partial` has null and `whole` does not. */
function gaps(whole: unknown, partial: unknown, path: string): string[] {
  if (partial === null) return whole === null ? [] : [path];
  if (typeof partial !== 'object') return [];
  return Object.entries(partial).flatMap(([key, value]) => gaps((whole as Record<string, unknown>)[key], value, `${path}.${key}`));
}

test('it answers as one process does', async () => {
  const apart = await Promise.all(queries.map((query) => ask(query)));
  expect(apart).toEqual(await askTogether(queries));
  expect(apart[0]?.errors).toBeUndefined();
});

test.each(['analytics', 'agents'])('without %s the others answer, each gap is told at its path, and it comes back by itself', async (name) => {
  const whole = await ask(chain);
  process.kill(split.pids(name).at(-1) ?? 0, 'SIGKILL');
  await split.said(new RegExp(`${name} +\\| ended by SIGKILL; starts again in 0.5 s`));
  const { data, errors = [] } = await ask(chain);

  const missing = gaps(whole.data, data, '');
  expect(missing.length).toBeGreaterThan(1);
  expect(errors.map(({ path }) => `.${path.join('.')}`).sort()).toEqual(missing.sort());
  for (const { extensions } of errors) expect(extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: name });

  while ((await ask(chain)).errors) await sleep(50);
  expect(await ask(chain)).toEqual(whole);
});

test('Ctrl-C, several times, ends it in order and leaves no process', async () => {
  const pids = split.pids();
  for (const _ of [1, 2, 3]) {
    split.signal('SIGINT');
    await sleep(20);
  }
  expect(await split.ended).toBe(0);
  expect(stillThere(pids)).toEqual([]);
});
