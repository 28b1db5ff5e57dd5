import type { SubgraphRequest } from './transport.ts';

const bodies = new WeakMap<SubgraphRequest, string>();

/** The request as GraphQL over HTTP writes it. Written once: it also tells equal requests, and an attempt repeats it. */
export function bodyOf(request: SubgraphRequest): string {
  const written = bodies.get(request);
  if (written !== undefined) return written;
  const { query, operationName, variables } = request;
  const body = JSON.stringify({ query, operationName, variables });
  bodies.set(request, body);
  return body;
}
