import { demoPrincipal } from '@forge/auth';
import { seedIfEmpty } from '@forge/demo-data';
import { createTestDatabase, type TestDatabase } from '@forge/testing';
import { join } from 'node:path';
import { pino } from 'pino';
import { listDomains } from '../domains.ts';
import { createFront, inProcess, startSubgraphs } from '../platform.ts';
import { verify } from '../verify/verify.ts';
import { simulate, type SimulateOptions } from './simulate.ts';

const projectDir = join(import.meta.dirname, '../../../..');
const secretKeys = { FORGE_SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}` };

let databases: Map<string, TestDatabase>;
let urls: Map<string, string>;
let url: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  databases = new Map(await Promise.all(listDomains(projectDir).map(async (domain) => [domain, await createTestDatabase(domain)] as const)));
  urls = new Map([...databases].map(([domain, database]) => [domain, database.url]));
  await seedIfEmpty({ urls, runs: 20 });
  const logger = pino({ level: 'silent' });
  const subgraphs = await startSubgraphs(urls, { logger, env: secretKeys });
  const gateway = await createFront({ projectDir }, inProcess(subgraphs), { authenticate: async () => demoPrincipal, logger });
  url = `${await gateway.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  stop = async () => {
    await gateway.close();
    await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
  };
}, 60_000);
afterAll(async () => {
  await stop();
  for (const database of databases.values()) await database.drop();
});

async function ask<T>(query: string, variables: object = {}): Promise<T> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  return ((await response.json()) as { data: T }).data;
}

const options = (said: string[], of: Partial<SimulateOptions>): SimulateOptions => ({
  url, runtimes: 4, speed: 200, seed: 3, fail: 0.05, drop: 0, people: true, timeoutSeconds: 60, say: (line) => said.push(line), asked: new AbortController().signal, ...of,
});

async function raiseBudgets(): Promise<void> {
  const { budgets } = await ask<{ budgets: { nodes: { id: string }[] } }>('{ budgets(first: 100) { nodes { id } } }');
  for (const { id } of budgets.nodes) await ask('mutation ($id: ID!) { updateBudget(input: { id: $id, amountCents: "100000000" }) { budget { id } } }', { id });
}

test('runs are started, worked on and decided from outside, to their end, and what they cost adds up', async () => {
  await raiseBudgets();
  const said: string[] = [];
  const { tally, unfinished } = await simulate(options(said, { runs: 5 }));
  expect({ unfinished, doubled: tally.doubled, refusals: [...tally.refusals].filter(([message]) => !/CANCELLED|parentRunId/.test(message)), said }).toEqual({ unfinished: [], doubled: [], refusals: [], said });
  expect([tally.runsStarted, [...tally.runsEnded.values()].reduce((sum, runs) => sum + runs, 0)]).toEqual([5, 5]);
  expect(tally.stepsCompleted).toBeGreaterThan(5);
  expect(await verify({ urls, waitSeconds: 20, say: (line) => said.push(line) })).toMatchObject({ differences: [], pending: 0, setAside: 0 });
}, 90_000);

test('without a number of runs it goes on until it is asked to stop, and then ends what it has begun', async () => {
  const [said, asked, begun] = [[] as string[], new AbortController(), new Date()];
  const simulating = simulate(options(said, { rate: 600, asked: asked.signal, seed: 4 }));
  setTimeout(() => asked.abort(), 3_000);
  const { tally, unfinished } = await simulating;
  expect([tally.runsStarted > 0, tally.doubled, unfinished]).toEqual([true, [], []]);
  const { stepResults } = await ask<{ stepResults: { nodes: { id: string }[] } }>(`query ($begun: DateTime!) {
    stepResults(where: { status: { in: [DISPATCHED, RUNNING] }, createdAt: { gt: $begun } }, first: 100) { nodes { id } } }`, { begun });
  expect(stepResults.nodes).toEqual([]);
}, 60_000);

test('where nothing answers it says so', async () => {
  const nowhere = simulate(options([], { url: 'http://127.0.0.1:1/graphql', asked: AbortSignal.abort() }));
  await expect(nowhere).rejects.toMatchObject({ name: 'OperatorError', message: expect.stringMatching(/^Forge Graph does not answer at http:\/\/127\.0\.0\.1:1\/graphql: /) });
});

test('where nothing can be run it says so', async () => {
  const { deployments } = await ask<{ deployments: { nodes: { id: string }[] } }>('{ deployments(where: { status: { eq: ACTIVE } }, first: 100) { nodes { id } } }');
  for (const { id } of deployments.nodes) await ask('mutation ($id: ID!) { deactivateDeployment(input: { id: $id }) { deployment { id } } }', { id });
  await expect(simulate(options([], {}))).rejects.toMatchObject({ name: 'OperatorError', message: expect.stringMatching(/^There is nothing to run/) });
});
