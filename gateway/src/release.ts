import type { GraphQLSchema } from 'graphql';
import { readCostModel } from './cost/cost-model.ts';
import { typeChecker, type IsOfType } from './execution/types.ts';
import type { ShapeLimits } from './limits/limits.ts';
import { createPreparedDocuments, type PreparedDocuments } from './operations/prepared-documents.ts';
import { createPlanCache, type PlanCache } from './planning/plan-cache.ts';
import type { Planner } from './planning/planner.ts';
import { readAccessRules, type AccessRules, type Grants } from './security/access/access-rules.ts';
import { visibleSchemas } from './security/access/visible-schema.ts';
import type { Supergraph } from './supergraph/supergraph.ts';

/** A supergraph and all that is made of it. A request stays with the one that it began with, whatever comes after. */
export interface Release {
  readonly supergraph: Supergraph;
  readonly planner: Planner;
  readonly plans: PlanCache;
  readonly access: AccessRules;
  readonly documents: PreparedDocuments;
  readonly isOfType: IsOfType;
  /** What a principal may see of the schema. */
  visibleTo(grants: Grants): GraphQLSchema;
}

export interface ReleaseOptions {
  readonly shapeLimits: ShapeLimits;
  readonly maxPlans: number;
}

export function createRelease(supergraph: Supergraph, planner: Planner, { shapeLimits, maxPlans }: ReleaseOptions): Release {
  const { schema, apiSchema } = supergraph;
  const access = readAccessRules(schema);
  const costs = readCostModel(schema);
  return {
    supergraph, planner, access,
    plans: createPlanCache({ max: maxPlans }),
    documents: createPreparedDocuments({ apiSchema, access, costs }, shapeLimits),
    isOfType: typeChecker(schema),
    visibleTo: visibleSchemas(apiSchema, access),
  };
}
