import './no-telemetry.ts';
import { ApolloGateway } from '@apollo/gateway';
import type { Logger } from 'pino';
import type { LoadedSupergraph } from '../supergraph/load.ts';
import { subgraphDataSource } from '../transport/data-source.ts';
import type { Fetch } from '../transport/fetcher.ts';
import { createDelegatingExecutor } from './executor.ts';

export interface ForgeGatewayOptions {
  supergraph: LoadedSupergraph;
  fetch: Fetch;
  logger: Logger;
}

/** Apollo's gateway with our way to the subgraphs below it and our executor above. */
export class ForgeGateway extends ApolloGateway {
  constructor({ supergraph, fetch, logger }: ForgeGatewayOptions) {
    super({
      supergraphSdl: supergraph.sdlForApollo,
      buildService: ({ name }) => subgraphDataSource(name, fetch),
      logger,
      // Answers would otherwise carry query plans, to whoever sends the header, outside NODE_ENV=production.
      __exposeQueryPlanExperimental: false,
    });
  }

  override async load(options: Parameters<ApolloGateway['load']>[0]) {
    const loaded = await super.load(options);
    return { ...loaded, executor: createDelegatingExecutor(loaded.executor) };
  }
}
