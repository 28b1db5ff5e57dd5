import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { buildASTSchema, buildSchema, lexicographicSortSchema, parse, printSchema } from 'graphql';
import { pino } from 'pino';
import { smallSupergraph } from '../supergraph/fixture/small-supergraph.ts';
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

test.each([
  '{ tasks { title assignee { name tasks { id } } } workers { name } }',
  'query ($id: ID!, $with: Boolean!) { worker(id: $id) { id tasks @include(if: $with) { title } } }',
  'query Any($id: ID!) { node(id: $id) { __typename id ... on Task { title assignee { name } } ... on Worker { name } } }',
  'mutation ($id: ID!) { a: renameWorker(id: $id, name: "A") { name tasks { id } } b: renameWorker(id: $id, name: "B") { name } }',
  '{ __typename }',
])('plans as Apollo does: %s', async (operation) => {
  const { planner } = await startPlanner(small, { logger });
  expect(await planner.plan(operation)).toEqual(apollo(small).plan(operation));
  await planner.close();
});

test('says what clients see', async () => {
  const sdl = smallSupergraph();
  const { planner, apiSdl } = await startPlanner(sdl, { logger });
  const print = (text: string) => printSchema(lexicographicSortSchema(buildASTSchema(parse(text), { assumeValid: true })));
  expect(print(apiSdl)).toBe(printSchema(lexicographicSortSchema(apollo(sdl).schema)));
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

test('an operation that cannot be planned is told why', async () => {
  const { planner } = await startPlanner(small, { logger });
  await expect(planner.plan('{ nothing }')).rejects.toMatchObject({ name: 'PlanningError', fault: 'impossible', message: expect.stringContaining('"nothing"') });
  await planner.close();
});

test('an operation that explodes is given up, and the next is planned', async () => {
  const { planner } = await startPlanner(small, { logger, timeLimitMilliseconds: 300 });
  const next = (i: number) => `fragment F${i} on Worker { a: tasks { assignee { ...F${i + 1} } } b: tasks { assignee { ...F${i + 1} } } }`;
  const bomb = `{ workers { ...F0 } } ${Array.from({ length: 18 }, (_, i) => next(i)).join(' ')} fragment F18 on Worker { name }`;
  const answers = await Promise.allSettled([planner.plan(bomb), planner.plan('{ workers { name } }')]);
  expect(answers).toEqual([
    { status: 'rejected', reason: expect.objectContaining({ fault: 'too-slow', message: 'Planning this operation took longer than 300 ms. Ask for less at once.' }) },
    { status: 'fulfilled', value: expect.objectContaining({ kind: 'QueryPlan' }) },
  ]);
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
