import { OperatorError } from '@forge/config';
import type { Logger } from 'pino';
import type { DocumentLimits } from './operations/prepared-documents.ts';
import { startPlanner } from './planning/start-planner.ts';
import { warmPlans, type Warming } from './planning/warm-plans.ts';
import { createRelease, type Release } from './release.ts';
import { nodeSubgraphName } from './supergraph/node-schema.ts';
import { createReleases, type Releases } from './supergraph/releases.ts';
import { loadSupergraph } from './supergraph/supergraph.ts';
import type { Roads } from './transport/roads.ts';

export interface StartReleasesOptions {
  readonly supergraphSdl: string;
  readonly roads: Roads;
  readonly limits: DocumentLimits;
  readonly logger: Logger;
}

/** The graph as it is served now, to be replaced while it is. Rejects with an OperatorError when the supergraph is at fault, or needs a subgraph to which no road leads. */
export function startReleases({ supergraphSdl, roads, limits, logger }: StartReleasesOptions): Promise<Releases<Release, Warming>> {
  return createReleases<Release, Warming>(supergraphSdl, { build, warm: (next, previous) => warmPlans(next, previous), retire: ({ planner }) => planner.close(), logger });

  async function build(sdl: string): Promise<Release> {
    const { planner, apiSdl } = await startPlanner(sdl, { logger });
    try {
      const supergraph = await loadSupergraph(sdl, apiSdl);
      const unreachable = supergraph.subgraphs.map(({ name }) => name).filter((name) => name !== nodeSubgraphName && !roads.has(name));
      if (unreachable.length > 0) throw new OperatorError(`The supergraph needs subgraphs that are not there: ${unreachable.join(', ')}.`);
      return createRelease(supergraph, planner, { roads, limits });
    } catch (error) {
      await planner.close();
      throw error;
    }
  }
}
