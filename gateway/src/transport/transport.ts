import type { Principal } from '@forge/auth';
import type { GraphQLFormattedError } from 'graphql';

/** A GraphQL operation as it goes to a subgraph. */
export interface SubgraphRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

/** On whose behalf a request runs. */
export interface SubgraphContext {
  principal: Principal;
  requestId?: string;
  signal?: AbortSignal;
}

/** A GraphQL response, every value of which JSON can say. */
export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

/** A subgraph in this process: what `@forge/subgraph-kit` makes. */
export interface Subgraph {
  readonly name: string;
  execute(request: SubgraphRequest, context: SubgraphContext): Promise<SubgraphResponse>;
  /** Rejects when the subgraph cannot answer. */
  health(): Promise<void>;
}

/**
 * The road to one subgraph. It rejects when no GraphQL answer came back, with an error for the log; what a client may
 * hear of it is decided in one place, subgraph-failure.ts.
 */
export interface Transport {
  execute(request: SubgraphRequest, context: SubgraphContext): Promise<SubgraphResponse>;
  /** Rejects when the subgraph cannot answer, or has not until `signal` aborts. */
  health(signal: AbortSignal): Promise<void>;
  /** Frees what the transport itself has opened. */
  close(): Promise<void>;
}

export type Transports = Readonly<Record<string, Transport>>;
