import type { ApolloGateway } from '@apollo/gateway';

/** Carries out one operation over the supergraph: the seam at which the way of doing so can be replaced. */
export type Executor = Awaited<ReturnType<ApolloGateway['load']>>['executor'];

/** An executor that leaves the work to Apollo's. */
export function createDelegatingExecutor(apollo: Executor): Executor {
  return async (request) => {
    const { extensions, ...result } = await apollo(request);
    // Apollo lists there each null that took its parent with it; for a reference to a row that is gone that is the answer.
    const { valueCompletion: _, ...kept } = extensions ?? {};
    return Object.keys(kept).length > 0 ? { ...result, extensions: kept } : result;
  };
}
