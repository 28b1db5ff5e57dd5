import { OperatorError } from '@forge/config';
import { argumentsIn, stepsOf } from './definition.ts';
import type { Graph } from './graph.ts';

/** A workflow that can be run now, and where. */
export interface Runnable {
  readonly workflowId: string;
  readonly environment: string;
  /** The arguments that its definition names. */
  readonly args: readonly string[];
}

/** What an outsider can see of the platform. */
export interface World {
  /** Those with an ACTIVE deployment of an ACTIVE workflow. */
  readonly gatewayIds: readonly string[];
  /** Those whose every step has an ACTIVE agent. */
  readonly runnables: readonly Runnable[];
  /** Those with a price at every gateway. */
  readonly modelIds: readonly string[];
  /** Those at work. */
  readonly factoryIds: readonly string[];
}

/** Looks around. Throws OperatorError when there is nothing to run. */
export async function findWorld(graph: Graph): Promise<World> {
  const [deployments, modelIds, factoryIds] = [await findDeployments(graph), await findModels(graph), await findFactories(graph)];
  // One for each workflow: in production where it is there.
  const byWorkflow = new Map(deployments.filter(({ isManned }) => isManned).toSorted((a, b) => Number(a.environment === 'production') - Number(b.environment === 'production')).map((each) => [each.workflowId, each]));
  if (byWorkflow.size === 0) throw new OperatorError('There is nothing to run: no ACTIVE workflow is deployed to ACTIVE agents. `npm start` on empty databases makes some.');
  if (modelIds.length === 0) throw new OperatorError('No model has a price, so no LLM call could be counted; record one with recordModelPrice.');
  return { gatewayIds: [...new Set(deployments.map(({ gatewayId }) => gatewayId))].sort(), runnables: [...byWorkflow.values()], modelIds, factoryIds };
}

interface Deployment {
  readonly environment: string;
  readonly gatewayId: string;
  readonly roleBindings: Readonly<Record<string, string>>;
  readonly workflow: { readonly id: string; readonly status: string; readonly versions: { readonly nodes: readonly { readonly definition: string }[] } };
}

interface Found extends Runnable {
  readonly gatewayId: string;
  readonly isManned: boolean;
}

async function findDeployments(graph: Graph): Promise<Found[]> {
  const agents = new Set<string>();
  for await (const { id } of all<{ id: string }>(graph, activeAgents)) agents.add(id);
  const found: Found[] = [];
  for await (const { environment, gatewayId, roleBindings, workflow: { id: workflowId, status, versions: { nodes: [newest] } } } of all<Deployment>(graph, activeDeployments)) {
    if (status !== 'ACTIVE' || !newest) continue;
    const isManned = stepsOf(newest.definition).every(({ role = '' }) => agents.has(roleBindings[role] ?? ''));
    found.push({ workflowId, environment, gatewayId, args: argumentsIn(newest.definition), isManned });
  }
  return found;
}

const activeAgents = 'query ($after: String) { page: agents(where: { status: { eq: ACTIVE } }, first: 100, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }';
// Definitions are long, so few at a time.
const activeDeployments = `query ($after: String) {
  page: deployments(where: { status: { eq: ACTIVE } }, first: 20, after: $after) {
    nodes { environment gatewayId roleBindings workflow { id status versions(first: 1) { nodes { definition } } } } pageInfo { endCursor hasNextPage }
  }
}`;

async function findModels(graph: Graph): Promise<string[]> {
  const prices = all<{ modelId: string; gatewayId: string | null; effectiveFrom: string; effectiveTo: string | null }>(graph, `query ($after: String) {
    page: modelPrices(first: 100, after: $after) { nodes { modelId gatewayId effectiveFrom effectiveTo } pageInfo { endCursor hasNextPage } }
  }`);
  const now = Date.now();
  const priced = new Set<string>();
  for await (const { modelId, gatewayId, effectiveFrom, effectiveTo } of prices) {
    if (gatewayId === null && Date.parse(effectiveFrom) <= now && (effectiveTo === null || Date.parse(effectiveTo) > now)) priced.add(modelId);
  }
  return [...priced].sort();
}

async function findFactories(graph: Graph): Promise<string[]> {
  const factories = all<{ id: string }>(graph, `query ($after: String) {
    page: factories(where: { status: { eq: ACTIVE } }, first: 100, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } }
  }`);
  const found: string[] = [];
  for await (const { id } of factories) found.push(id);
  return found.sort();
}

interface Page<T> {
  readonly page: { readonly nodes: readonly T[]; readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean } };
}

/** The rows of a connection, page by page; the operation calls it `page` and takes `$after`. */
export async function* all<T>(graph: Graph, operation: string, variables: object = {}): AsyncGenerator<T> {
  for (let after: string | null = null; ; ) {
    const { page: { nodes, pageInfo } }: Page<T> = await graph.ask<Page<T>>(operation, { ...variables, after });
    yield* nodes;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}
