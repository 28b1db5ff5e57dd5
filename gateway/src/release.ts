import type { GraphQLSchema } from 'graphql';
import { readCostModel } from './cost/cost-model.ts';
import { typeChecker, type IsOfType } from './execution/types.ts';
import { createNodeSubgraph } from './node-subgraph/node-subgraph.ts';
import { readNodeTypes } from './node-subgraph/node-types.ts';
import { createPreparedDocuments, type DocumentLimits, type PreparedDocuments } from './operations/prepared-documents.ts';
import { readRequiringFields } from './operations/settled-conditions.ts';
import { createPlanCache, type PlanCache } from './planning/plan-cache.ts';
import type { Planner } from './planning/planner.ts';
import { readAccessRules, type AccessRules, type Grants } from './security/access/access-rules.ts';
import { visibleSchemas } from './security/access/visible-schema.ts';
import { nodeSubgraphName } from './supergraph/node-schema.ts';
import type { Supergraph } from './supergraph/supergraph.ts';
import { noMetrics, type GatewayMetrics } from './telemetry/gateway-metrics.ts';
import { fetchSpan } from './telemetry/spans.ts';
import { timedPlanner } from './telemetry/timed-planner.ts';
import { createFetcher, type Fetch } from './transport/fetcher.ts';
import { inProcessTransport } from './transport/in-process-transport.ts';
import type { Road } from './transport/roads.ts';

/** A supergraph and all that is made of it. A request stays with the one that it began with, whatever comes after. */
export interface Release {
  readonly supergraph: Supergraph;
  readonly planner: Planner;
  readonly plans: PlanCache;
  readonly access: AccessRules;
  readonly documents: PreparedDocuments;
  readonly isOfType: IsOfType;
  /** Asks a subgraph; the one that answers `Query.node` is part of the release. */
  readonly fetch: Fetch;
  readonly roads: ReadonlyMap<string, Road>;
  /** What a principal may see of the schema. */
  visibleTo(grants: Grants): GraphQLSchema;
}

export interface ReleaseParts {
  /** The way to each subgraph but the one that answers `Query.node`, by name. */
  readonly roads: ReadonlyMap<string, Road>;
  readonly limits: DocumentLimits;
  readonly metrics?: Pick<GatewayMetrics, 'planned'>;
}

export function createRelease(supergraph: Supergraph, planner: Planner, { roads, limits, metrics = noMetrics }: ReleaseParts): Release {
  const { schema, apiSchema } = supergraph;
  const access = readAccessRules(schema);
  const costs = readCostModel(schema);
  const node = createNodeSubgraph({ types: readNodeTypes(supergraph), access, fetch: (...request) => fetch(...request) });
  const ask = createFetcher({ schema, roads: new Map([...roads, [nodeSubgraphName, inProcessTransport(node)] as const].map(([name, { execute }]) => [name, execute])) });
  const fetch: Fetch = (subgraph, request, context) => fetchSpan(subgraph, request.kind, () => ask(subgraph, request, context));
  return {
    supergraph, planner, access, fetch, roads,
    plans: createPlanCache({ planner: timedPlanner(planner, metrics) }),
    documents: createPreparedDocuments({ apiSchema, access, costs, requiring: readRequiringFields(schema) }, limits),
    isOfType: typeChecker(schema),
    visibleTo: visibleSchemas(apiSchema, access),
  };
}
