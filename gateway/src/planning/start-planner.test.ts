import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { buildASTSchema, buildSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { pino } from 'pino';
import { smallSupergraph } from '../supergraph/fixture/small-supergraph.ts';
import type { Planner } from './planner.ts';
import { startPlanner } from './start-planner.ts';

const logger = pino({ level: 'silent' });
const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const small = smallSupergraph();

const features = new Set(['join/v0.5', 'authenticated/v0.1', 'inaccessible/v0.2', 'requiresScopes/v0.1', 'cost/v0.1'].map((name) => `https://specs.apollo.dev/${name}`));

/** What Apollo's gateway would do, on this thread. */
function apollo(sdl: string) {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: features });
  const planner = new QueryPlanner(supergraph);
  return {
    schema: supergraph.apiSchema().toGraphQLJSSchema(),
    plan: (operation: string) => JSON.parse(JSON.stringify(planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), parse(operation))))) as unknown,
  };
}

describe('an operation over a small graph', () => {
  let planner: Planner;
  const asApollo = apollo(small);
  beforeAll(async () => { ({ planner } = await startPlanner(small, { logger })); });
  afterAll(() => planner.close());

  test.each([
    '{ tasks { title assignee { name tasks { id } } } workers { name } }',
    'query ($id: ID!, $with: Boolean!) { worker(id: $id) { id tasks @include(if: $with) { title } } }',
    'query Any($id: ID!) { node(id: $id) { __typename id ... on Task { title assignee { name } } ... on Worker { name } } }',
    'mutation ($id: ID!) { a: renameWorker(id: $id, name: "A") { name tasks { id } } b: renameWorker(id: $id, name: "B") { name } }',
    '{ __typename }',
  ])('is planned as Apollo does it: %s', async (operation) => {
    expect(await planner.plan(operation)).toEqual(asApollo.plan(operation));
  });

  test('that cannot be planned is told why', async () => {
    await expect(planner.plan('{ nothing }')).rejects.toMatchObject({ name: 'PlanningError', fault: 'impossible', message: expect.stringContaining('"nothing"') });
  });
});

test('says what clients see', async () => {
  const { planner, apiSdl } = await startPlanner(small, { logger });
  const print = (text: string) => printSchema(lexicographicSortSchema(buildASTSchema(parse(text), { assumeValid: true })));
  expect(print(apiSdl)).toBe(printSchema(lexicographicSortSchema(apollo(small).schema)));
  expect(apiSdl).not.toContain('join__');
  await planner.close();
});

test.each([
  ['no GraphQL at all', 'type Query {', /cannot be used:\nSyntax Error/],
  ['not composed', 'type Query { a: Int }', /must be a core schema/],
  ['faulty', small.replace('tasks: [Task!]', 'tasks: [Tusk!]'), /Unknown type "?Tusk/],
  ['in want of what nobody enforces', small.replace('@link(url: "https://specs.apollo.dev/authenticated/v0.1"', '@link(url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY) @link(url: "https://specs.apollo.dev/authenticated/v0.1"'), /policy\/v0\.1 is for: SECURITY but is unsupported/],
])('refuses a supergraph that is %s', async (_, sdl, message) => {
  await expect(startPlanner(sdl, { logger })).rejects.toMatchObject({ name: 'OperatorError', message: expect.stringMatching(message) });
});

/** An operation that doubles as often as this. */
function bomb(times: number): string {
  const doubling = Array.from({ length: times }, (_, i) => `fragment F${i} on Worker { a: tasks { assignee { ...F${i + 1} } } b: tasks { assignee { ...F${i + 1} } } }`);
  return `{ workers { ...F0 } } ${doubling.join(' ')} fragment F${times} on Worker { name }`;
}

test('an operation that explodes is given up, and the next is planned', async () => {
  const { planner } = await startPlanner(small, { logger, timeLimitMilliseconds: 1_500 });
  const answers = await Promise.allSettled([planner.plan(bomb(18)), planner.plan('{ workers { name } }')]);
  expect(answers).toEqual([
    { status: 'rejected', reason: expect.objectContaining({ fault: 'too-slow', message: 'Planning this operation took longer than 1500 ms. Ask for less at once.' }) },
    { status: 'fulfilled', value: expect.objectContaining({ kind: 'QueryPlan' }) },
  ]);
  await planner.close();
});

test('an operation that needs too much memory is given up at once, and the next is planned', async () => {
  const { planner } = await startPlanner(small, { logger, maxHeapMegabytes: 32, timeLimitMilliseconds: 60_000 });
  const answers = await Promise.allSettled([planner.plan(bomb(13)), planner.plan('{ workers { name } }')]);
  expect(answers).toMatchObject([{ reason: { fault: 'too-complex' } }, { value: { kind: 'QueryPlan' } }]);
  await planner.close();
});

test('reads the supergraph of this project without holding up this thread', async () => {
  const sdl = read('../../supergraph.graphql');
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const began = performance.now();
  delay.enable();
  const { planner, apiSdl } = await startPlanner(sdl, { logger });
  const plan = await planner.plan(read('../explorer/core-chain.graphql'));
  delay.disable();
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(delay.percentile(99) / 1e6).toBeLessThan(100);
  expect(plan).toEqual(apollo(sdl).plan(read('../explorer/core-chain.graphql')));
  expect(buildSchema(apiSdl).getQueryType()?.getFields()).toHaveProperty('workflows');
  await planner.close();
});
