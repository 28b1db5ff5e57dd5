import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import type { GraphQLFormattedError } from 'graphql';
import type { Fetch } from '../transport/fetcher.ts';
import type { SubgraphContext } from '../transport/transport.ts';
import { objectsAt, placesOf, type PlanPath, type ResponsePath } from './entities.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { mergeInto } from './merge.ts';
import { readResponse } from './read-response.ts';
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
  const places = lazily(() => placesOf(data, path));
  for (const error of response.errors) errors.push(...(error.path ? spread(node, error, error.path, targets, places) : [error]));
  if (!response.data) return;
  applyRewrites(node.outputRewrites, response.data, run.isOfType);
  for (const target of targets) mergeInto(target, response.data);
}

async function fetchEntities(node: FetchNode, path: PlanPath, run: PlanRun, { data, errors }: Gathered): Promise<void> {
  const { distinct, entities } = representationsOf(objectsAt(data, path), node, run.isOfType);
  if (distinct.length === 0) return;
  const response = await send(node, { ...variablesOf(node, run), representations: distinct }, run);
  const places = lazily(() => placesOf(data, path));
  for (const error of response.errors) {
    const [, index, ...rest] = error.path ?? [];
    // One that is not about an entity is about all.
    errors.push(...(typeof index === 'number' ? spread(node, error, rest, entities[index] ?? [], places) : spread(node, error, [], entities.flat(), places)));
  }

  const received = response.data?.['_entities'];
  if (received === undefined || received === null) return;
  if (!Array.isArray(received) || received.length !== distinct.length) {
    const fault = { message: `${node.serviceName} did not answer one entity for each representation`, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    errors.push(...spread(node, fault, [], entities.flat(), places));
    return;
  }
  received.forEach((entity: unknown, i) => {
    if (!isJsonObject(entity)) return;
    applyRewrites(node.outputRewrites, entity, run.isOfType);
    const targets = entities[i] ?? [];
    if (targets.some((target) => knowsBetter(target, entity, run.isOfType))) delete entity['__typename'];
    for (const target of targets) mergeInto(target, entity);
  });
}

/** To a subgraph an interface may be one type, its `@interfaceObject`; which type the object has stays with who knows. */
function knowsBetter({ __typename: known }: JsonObject, entity: JsonObject, isOfType: IsOfType): boolean {
  return entity['__typename'] !== undefined && typeof known === 'string' && !isOfType(entity, known);
}

async function send(node: FetchNode, variables: JsonObject, { fetch, context }: PlanRun): Promise<ReturnType<typeof readResponse>> {
  const { serviceName, operation: query, operationName, operationKind } = node;
  return readResponse(await fetch(serviceName, { query, variables, kind: operationKind === 'mutation' ? 'mutation' : 'query', ...(operationName && { operationName }) }, context));
}

function variablesOf({ variableUsages = [] }: FetchNode, { variables }: PlanRun): JsonObject {
  return Object.fromEntries(variableUsages.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]));
}

type Places = () => ReturnType<typeof placesOf>;

/** An error at `path` of an object is an error at each place that shows it; one that no place shows any longer has none. */
function spread(node: FetchNode, error: GraphQLFormattedError, path: ResponsePath, objects: readonly JsonObject[], places: Places): GraphQLFormattedError[] {
  const keys = keysOf(node, path);
  const found = objects.flatMap((object) => places().get(object) ?? []);
  return found.length > 0 ? found.map((place) => ({ ...error, path: [...place, ...keys] })) : [unplaced(error)];
}

function unplaced({ path: _, ...error }: GraphQLFormattedError): GraphQLFormattedError {
  return error;
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
