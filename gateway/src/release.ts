import type { GraphQLSchema } from 'graphql';
import { readCostModel } from './cost/cost-model.ts';
import { typeChecker, type IsOfType } from './execution/types.ts';
import { createNodeSubgraph } from './node-subgraph/node-subgraph.ts';
import { readNodeTypes } from './node-subgraph/node-types.ts';
import { createPreparedDocuments, type DocumentLimits, type PreparedDocuments } from './operations/prepared-documents.ts';
import { createPlanCache, type PlanCache } from './planning/plan-cache.ts';
import type { Planner } from './planning/planner.ts';
import { readAccessRules, type AccessRules, type Grants } from './security/access/access-rules.ts';
import { visibleSchemas } from './security/access/visible-schema.ts';
import { nodeSubgraphName } from './supergraph/node-schema.ts';
import type { Supergraph } from './supergraph/supergraph.ts';
import { createFetcher, type Fetch } from './transport/fetcher.ts';
import { inProcessTransport } from './transport/in-process-transport.ts';
import type { Roads } from './transport/roads.ts';

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
  /** What a principal may see of the schema. */
  visibleTo(grants: Grants): GraphQLSchema;
}

export interface ReleaseParts {
  readonly roads: Roads;
  readonly limits: DocumentLimits;
}

export function createRelease(supergraph: Supergraph, planner: Planner, { roads, limits }: ReleaseParts): Release {
  const { schema, apiSchema } = supergraph;
  const access = readAccessRules(schema);
  const costs = readCostModel(schema);
  const node = createNodeSubgraph({ types: readNodeTypes(supergraph), access, fetch: (...request) => fetch(...request) });
  const fetch = createFetcher({ schema, roads: new Map([...roads, [nodeSubgraphName, inProcessTransport(node).execute]]) });
  return {
    supergraph, planner, access, fetch,
    plans: createPlanCache({ planner }),
    documents: createPreparedDocuments({ apiSchema, access, costs }, limits),
    isOfType: typeChecker(schema),
    visibleTo: visibleSchemas(apiSchema, access),
  };
}
