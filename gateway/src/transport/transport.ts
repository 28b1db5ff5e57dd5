import type { Principal } from '@forge/auth';
import type { GraphQLFormattedError } from 'graphql';

/** A GraphQL operation as it goes to a subgraph. */
export interface SubgraphOperation {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

/** The same with what its planner knows of it. */
export interface SubgraphRequest extends SubgraphOperation {
  kind: 'query' | 'mutation';
}

/** What a principal may ask for in a minute, in cost points, and what this operation takes of it. */
export interface RateOfRequest {
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
  readonly cost: number;
}

/** On whose behalf a request runs, and how long. */
export interface SubgraphContext {
  principal: Principal;
  requestId?: string;
  /** Aborts when nobody waits any longer: with a TimeoutError because the time is up, with anything else because the client has left. */
  signal?: AbortSignal;
  /** When the time is up, in milliseconds since the epoch. */
  deadline?: number;
  /** What the principal may still ask for; for the gateway's own part of the graph. */
  rate?: RateOfRequest;
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
  execute(operation: SubgraphOperation, context: SubgraphContext): Promise<SubgraphResponse>;
  /** Rejects when the subgraph cannot answer. */
  health(): Promise<void>;
}

/** Executes an operation on one subgraph. */
export type Execute = (request: SubgraphRequest, context: SubgraphContext) => Promise<SubgraphResponse>;

/**
 * How one subgraph is reached. `execute` rejects when no GraphQL answer came back: with the signal's reason when that has
 * aborted, else with a SubgraphFault for the policies and the log. What a client may hear of it is decided in one place,
 * subgraph-failure.ts.
 */
export interface Transport {
  execute(request: SubgraphRequest, context: SubgraphContext): Promise<SubgraphResponse>;
  /** Rejects when the subgraph cannot answer, or has not until `signal` aborts. */
  health(signal: AbortSignal): Promise<void>;
  /** Frees what the transport itself has opened. */
  close(): Promise<void>;
}

/** The transports of subgraphs that stay where they are, by name. */
export type Transports = Readonly<Record<string, Transport>>;

/** The transport of a subgraph, the same one each time; undefined when there is none. A later supergraph may name others, or other addresses. */
export type TransportTo = (subgraph: { readonly name: string; readonly url: string }) => Transport | undefined;
