import { asJson } from './as-json.ts';
import type { Subgraph, SubgraphRequest, SubgraphResponse, Transport } from './transport.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Calls a subgraph that lives in this process; request and answer are what they would be over HTTP. */
export function inProcessTransport(subgraph: Subgraph): Transport {
  return {
    async execute(request, context) {
      context.signal?.throwIfAborted();
      const answer = await unlessAborted(subgraph.execute(asJson(request) as SubgraphRequest, context), context.signal);
      return asJson(answer) as SubgraphResponse;
    },
    health: (signal) => unlessAborted(subgraph.health(), signal),
    // The subgraph belongs to whoever started it.
    close: async () => {},
  };
}
