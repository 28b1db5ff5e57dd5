import { asJson } from './as-json.ts';
import { SubgraphFault } from './subgraph-fault.ts';
import type { Subgraph, SubgraphContext, SubgraphOperation, SubgraphResponse, Transport } from './transport.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Calls a subgraph that lives in this process; request and answer are what they would be over HTTP. */
export function inProcessTransport(subgraph: Subgraph): Transport {
  return {
    async execute({ kind: _, ...operation }, context) {
      context.signal?.throwIfAborted();
      return unlessAborted(answer(asJson(operation) as SubgraphOperation, context), context.signal);
    },
    health: (signal) => unlessAborted(subgraph.health(), signal),
    // The subgraph belongs to whoever started it.
    close: async () => {},
  };

  async function answer(operation: SubgraphOperation, context: SubgraphContext): Promise<SubgraphResponse> {
    try {
      return asJson(await subgraph.execute(operation, context)) as SubgraphResponse;
    } catch (error) {
      throw new SubgraphFault('status', 'failed, which over HTTP is status 500', { status: 500, cause: error });
    }
  }
}
