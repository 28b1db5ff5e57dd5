import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { gapFinder } from './gaps.ts';
import { isTimeout, SubgraphFault } from './subgraph-fault.ts';
import type { SubgraphRequest, SubgraphResponse } from './transport.ts';

/**
 * Makes the answer for a subgraph that gave none: an error at every place that is null for it, with the subgraph's name, since that
 * is what is amiss, and nothing of the inside. `schema` is the supergraph's.
 */
export function failureAnswers(schema: GraphQLSchema) {
  const gapsOf = gapFinder(schema);
  return (subgraph: string, request: SubgraphRequest, error: unknown): SubgraphResponse => {
    const failure = failureOf(subgraph, request, error);
    const gaps = gapsOf(request);
    return { data: null, errors: gaps.length > 0 ? gaps.map((path) => ({ ...failure, path })) : [failure] };
  };
}

function failureOf(subgraph: string, { kind }: SubgraphRequest, error: unknown): GraphQLFormattedError {
  const timedOut = isTimeout(error);
  const what = timedOut ? 'did not answer in time' : 'is not available';
  const mayHaveHappened = kind === 'mutation' && (error instanceof SubgraphFault ? error.sent : timedOut);
  return {
    message: `The subgraph "${subgraph}" ${what}.${mayHaveHappened ? ' It is not known whether the change was made.' : ''}`,
    extensions: { code: timedOut ? 'TIMEOUT' : 'SUBGRAPH_UNAVAILABLE', subgraph },
  };
}
