import { annotate, markFailed, renameSpan, traced } from '@forge/telemetry';
import type { IncomingHttpHeaders } from 'node:http';
import type { SubgraphRequest, SubgraphResponse } from '../transport/transport.ts';

const longestName = 100;

/**
 * An operation, from its beginning to its end. It is a trace of its own: a caller's is linked to and not continued, or anyone could
 * decide how much of what the gateway does is kept.
 */
export function operationSpan<T>(headers: IncomingHttpHeaders, work: () => Promise<T>): Promise<T> {
  return traced('graphql', {}, work, { kind: 'server', root: { follows: headers } });
}

/** Says what the operation is, once that is known (OpenTelemetry's semantic conventions for GraphQL servers). */
export function describeOperation(type: string, name: string | undefined): void {
  renameSpan(`graphql ${type}`);
  annotate({ 'graphql.operation.type': type, 'graphql.operation.name': name?.slice(0, longestName) });
}

/** Finding or making the plan of an operation. */
export function planSpan<T>(work: () => Promise<T>): Promise<T> {
  return traced('plan', {}, work);
}

/** One fetch of a plan. Shared with others it is a span for each, and the subgraph's work is under that of the first. */
export function fetchSpan(subgraph: string, kind: SubgraphRequest['kind'], work: () => Promise<SubgraphResponse>): Promise<SubgraphResponse> {
  return traced(`fetch ${subgraph}`, { 'forge.subgraph': subgraph, 'graphql.operation.type': kind }, async () => {
    const response = await work();
    if (response.errors) markFailed('graphql');
    return response;
  }, { kind: 'client' });
}
