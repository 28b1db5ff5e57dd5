import type { SubgraphRequest } from './transport.ts';

/**
 * How a fetch ended: answered, with errors or without; given up because time ran out; not answered; refused here, by a breaker
 * or a full queue, without an attempt; or no longer wanted by anyone.
 */
export type FetchOutcome = 'ok' | 'errors' | 'timeout' | 'unavailable' | 'rejected' | 'aborted';

export type BreakerState = 'closed' | 'half-open' | 'open';

export interface FetchObserved {
  readonly subgraph: string;
  readonly kind: SubgraphRequest['kind'];
  readonly outcome: FetchOutcome;
  /** From being asked for to its end, waiting included. */
  readonly seconds: number;
  /** How often the subgraph was asked: 0 when it was not. */
  readonly attempts: number;
}

/** What a gauge may read of a subgraph at any time. */
export interface FetchGauges {
  readonly subgraph: string;
  /** Fetches that have a slot. */
  inFlight(): number;
  /** Fetches that wait for one. */
  queued(): number;
  breaker(): BreakerState;
}

/** Hears of what happens between the gateway and its subgraphs. What it throws is not caught. */
export interface FetchObserver {
  /** Once for each fetch, however many share it. */
  fetched(fetch: FetchObserved): void;
  breakerChanged(change: { readonly subgraph: string; readonly state: BreakerState }): void;
  /** Once for each subgraph, before its first fetch. */
  opened(gauges: FetchGauges): void;
}

export const noObserver: FetchObserver = { fetched() {}, breakerChanged() {}, opened() {} };
