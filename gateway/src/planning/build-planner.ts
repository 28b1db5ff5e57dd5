import { operationFromDocument, printSchema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { parse } from 'graphql';

// What a supergraph may ask of a router, `for: EXECUTION` or `for: SECURITY`, as far as this one does it. Not `@policy`: nobody here
// would enforce it; not `@context`, which the executor does not carry out; not `@connect`, whose fetches are no subgraph's.
const features = [
  'core/v0.1', 'core/v0.2', 'join/v0.1', 'join/v0.2', 'join/v0.3', 'join/v0.4', 'join/v0.5', 'tag/v0.1', 'tag/v0.2', 'tag/v0.3',
  'inaccessible/v0.1', 'inaccessible/v0.2', 'authenticated/v0.1', 'requiresScopes/v0.1', 'cost/v0.1',
];

/** Plans one operation after the other, in the thread that calls it. */
export interface ThreadPlanner {
  /** The schema that clients see. */
  readonly apiSdl: string;
  plan(operation: string): QueryPlan;
}

/**
 * Reads a supergraph, checking it unless it is `known`, for planning on this thread. Throws what federation-internals throws: of the
 * supergraph here, of an operation in `plan`.
 */
export function buildPlanner(sdl: string, { known }: { known: boolean }): ThreadPlanner {
  const supportedFeatures = new Set(features.map((feature) => `https://specs.apollo.dev/${feature}`));
  const supergraph = Supergraph.build(sdl, { supportedFeatures, validateSupergraph: !known });
  const apiSchema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, {
    // Measured: looking for fragments in what goes to a subgraph takes twice as long as all the rest of planning, and the texts are no
    // shorter for it.
    reuseQueryFragments: false,
    generateQueryFragments: false,
    // Operations over this graph have one plan to weigh, seldom a few; these are for graphs and operations that somebody makes up.
    debug: { maxEvaluatedPlans: 1_000, pathsLimit: 1_000 },
  });
  return {
    apiSdl: printSchema(apiSchema),
    plan: (operation) => planner.buildQueryPlan(operationFromDocument(apiSchema, parse(operation, { noLocation: true }))),
  };
}
