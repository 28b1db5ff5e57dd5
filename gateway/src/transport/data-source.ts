import type { GraphQLDataSource } from '@apollo/gateway';
import type { Fetch } from './fetcher.ts';
import type { SubgraphContext, SubgraphRequest } from './transport.ts';

/** Apollo's view of a subgraph: its executor asks through our fetcher. */
export function subgraphDataSource(subgraph: string, fetch: Fetch): GraphQLDataSource {
  return {
    process: ({ request, context }) => {
      const { query = '', operationName, variables } = request;
      // Apollo does not say; the planner writes the keyword of a mutation out.
      const kind = /^\s*mutation\b/.test(query) ? 'mutation' : 'query';
      const operation: SubgraphRequest = { kind, query, ...(operationName && { operationName }), ...(variables && { variables }) };
      return fetch(subgraph, operation, context as SubgraphContext);
    },
  };
}
