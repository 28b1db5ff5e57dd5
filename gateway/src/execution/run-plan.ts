import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';
import type { Fetch } from '../transport/fetcher.ts';
import type { SubgraphContext, SubgraphResponse } from '../transport/transport.ts';
import { objectsAt, pathsOf, type PlanPath, type ResponsePath } from './entities.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { mergeInto } from './merge.ts';
import { representationsOf } from './representations.ts';
import { applyRewrites } from './rewrites.ts';
import type { IsOfType } from './types.ts';

/** What a plan is carried out with. */
export interface PlanRun {
  /** Never rejects. */
  readonly fetch: Fetch;
  readonly context: SubgraphContext;
  /** Values of the operation's variables as the client gave them; those it left out are not there. */
  readonly variables: Readonly<JsonObject>;
  /** The same with the defaults of those that were left out: what conditions look at. */
  readonly withDefaults: Readonly<JsonObject>;
  readonly isOfType: IsOfType;
}

/** What the subgraphs have answered together; not yet in the shape that the client asked for. */
export interface Gathered {
  readonly data: JsonObject;
  readonly errors: GraphQLFormattedError[];
}

/** Carries out a query plan: fetches as far as possible at the same time, and merges what comes. Never rejects for what a subgraph does. */
export async function runPlan({ node }: QueryPlan, run: PlanRun): Promise<Gathered> {
  const gathered: Gathered = { data: {}, errors: [] };
  if (node) await runNode(node as PlanNode, [], run, gathered);
  return gathered;
}

async function runNode(node: PlanNode, path: PlanPath, run: PlanRun, gathered: Gathered): Promise<unknown> {
  switch (node.kind) {
    case 'Sequence':
      for (const each of node.nodes) await runNode(each, path, run, gathered);
      return;
    case 'Parallel': return Promise.all(node.nodes.map((each) => runNode(each, path, run, gathered)));
    case 'Flatten': return runNode(node.node, [...path, ...node.path], run, gathered);
    case 'Condition': {
      const branch = run.withDefaults[node.condition] === true ? node.ifClause : node.elseClause;
      return branch && runNode(branch, path, run, gathered);
    }
    case 'Fetch': return node.requires ? fetchEntities(node, path, run, gathered) : fetchRoot(node, path, run, gathered);
    case 'Defer': throw new Error('plans are made without incremental delivery');
  }
}

async function fetchRoot(node: FetchNode, path: PlanPath, run: PlanRun, { data, errors }: Gathered): Promise<void> {
  const targets = objectsAt(data, path);
  if (targets.length === 0) return;
  const response = await send(node, variablesOf(node, run), run);
  for (const error of response.errors ?? []) errors.push(placed(error, error.path && [...path.filter((step) => step !== '@'), ...keysOf(node, error.path)]));
  if (!response.data) return;
  applyRewrites(node.outputRewrites, response.data, run.isOfType);
  for (const target of targets) mergeInto(target, response.data);
}

async function fetchEntities(node: FetchNode, path: PlanPath, run: PlanRun, { data, errors }: Gathered): Promise<void> {
  const entities = objectsAt(data, path);
  const { distinct, positions } = representationsOf(entities, node, run.isOfType);
  if (distinct.length === 0) return;
  // Worked out before the fetch: others merge into the same data meanwhile, but never into lists that are there already.
  const paths = lazily(() => pathsOf(data, path));
  const response = await send(node, { ...variablesOf(node, run), representations: distinct }, run);
  for (const error of response.errors ?? []) errors.push(...spread(node, error, positions, paths));

  const received = response.data?.['_entities'];
  if (received === undefined || received === null) return;
  if (!Array.isArray(received) || received.length !== distinct.length) {
    errors.push(...paths().map((path) => ({ message: `${node.serviceName} did not answer one entity for each representation`, path, extensions: { code: 'INTERNAL_SERVER_ERROR' } })));
    return;
  }
  received.forEach((entity: unknown, i) => {
    if (!isJsonObject(entity)) return;
    applyRewrites(node.outputRewrites, entity, run.isOfType);
    for (const position of positions[i] ?? []) mergeInto(entities[position] as JsonObject, entity);
  });
}

function send(node: FetchNode, variables: JsonObject, { fetch, context }: PlanRun): Promise<SubgraphResponse> {
  const { serviceName, operation: query, operationName, operationKind } = node;
  return fetch(serviceName, { query, variables, kind: operationKind === 'mutation' ? 'mutation' : 'query', ...(operationName && { operationName }) }, context);
}

function variablesOf({ variableUsages = [] }: FetchNode, { variables }: PlanRun): JsonObject {
  return Object.fromEntries(variableUsages.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]));
}

/** An error at one of the entities that were sent is an error at each place that shows it. */
function spread(node: FetchNode, error: GraphQLFormattedError, positions: readonly (readonly number[])[], paths: () => readonly ResponsePath[]): GraphQLFormattedError[] {
  const [, index, ...rest] = error.path ?? [];
  if (typeof index !== 'number') return [placed(error, undefined)];
  return (positions[index] ?? []).map((position) => placed(error, [...(paths()[position] ?? []), ...keysOf(node, rest)]));
}

function placed({ path: _, ...error }: GraphQLFormattedError, path: ResponsePath | undefined): GraphQLFormattedError {
  return path ? { ...error, path } : error;
}

/** Where two selections do not go together the planner gives one an alias, which its rewrites take back from data; here from paths. */
function keysOf({ outputRewrites = [] }: FetchNode, path: ResponsePath): ResponsePath {
  const renamed = new Map(outputRewrites.flatMap((rewrite) => (rewrite.kind === 'KeyRenamer' ? [[rewrite.path.at(-1), rewrite.renameKeyTo] as const] : [])));
  return path.map((step) => (typeof step === 'string' ? renamed.get(step) ?? step : step));
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
