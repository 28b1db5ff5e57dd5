import { OperatorError } from '@forge/config';
import type { Logger } from 'pino';
import type { DocumentLimits } from './operations/prepared-documents.ts';
import type { Planner } from './planning/planner.ts';
import { startPlanner as startPlannerThread } from './planning/start-planner.ts';
import { warmPlans, type Warming } from './planning/warm-plans.ts';
import { createRelease, type Release } from './release.ts';
import type { Graph } from './supergraph/graphs.ts';
import { nodeSubgraphName } from './supergraph/node-schema.ts';
import { createReleases, type Releases } from './supergraph/releases.ts';
import { loadSupergraph } from './supergraph/supergraph.ts';
import type { GatewayMetrics } from './telemetry/gateway-metrics.ts';
import type { Road, Roads } from './transport/roads.ts';

export interface StartReleasesOptions {
  readonly supergraphSdl: string;
  readonly roads: Roads;
  readonly limits: DocumentLimits;
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  /** Default: in a thread of its own. */
  readonly startPlanner?: StartPlanner | undefined;
}

/** Makes the planner of a supergraph, and the schema that clients see with it. */
export type StartPlanner = (sdl: string, options: { readonly logger: Logger }) => Promise<{ planner: Planner; apiSdl: string }>;

/** The graph as it is served now, to be replaced while it is. Rejects with an OperatorError when the supergraph is at fault, or needs a subgraph to which no road leads. */
export async function startReleases({ supergraphSdl, roads, limits, logger, metrics, startPlanner = startPlannerThread }: StartReleasesOptions): Promise<Releases<Release, Warming>> {
  const releases = await createReleases<Release, Warming>(supergraphSdl, { build, warm: (next, previous) => warmPlans(next, previous), retire: ({ planner }) => planner.close(), logger });
  const tell = () => metrics.released({ id: releases.current().supergraph.id, plans: releases.current().plans });
  tell();
  return {
    ...releases,
    async replace(...replacement) {
      const replaced = await releases.replace(...replacement);
      if (replaced.kind === 'replaced') tell();
      return replaced;
    },
  };

  async function build(sdl: string): Promise<Release> {
    const { planner, apiSdl } = await startPlanner(sdl, { logger });
    try {
      const supergraph = await loadSupergraph(sdl, apiSdl);
      return createRelease(supergraph, planner, { roads: roadsTo(supergraph.subgraphs), limits, metrics });
    } catch (error) {
      await planner.close();
      throw error;
    }
  }

  function roadsTo(subgraphs: readonly Graph[]): ReadonlyMap<string, Road> {
    const found = subgraphs.filter(({ name }) => name !== nodeSubgraphName).map((subgraph) => [subgraph.name, roads.to(subgraph)] as const);
    const unreachable = found.filter(([, road]) => !road).map(([name]) => name);
    if (unreachable.length > 0) throw new OperatorError(`The supergraph needs subgraphs that are not there: ${unreachable.join(', ')}.`);
    return new Map(found.filter((each): each is readonly [string, Road] => each[1] !== undefined));
  }
}
