import { noObserver, type FetchObserver } from '../transport/fetch-observer.ts';
import type { OperationRecord } from './operation-record.ts';
import type { RefusalReason } from './refusal-reason.ts';

/** What a gauge may read of the plans of a supergraph at any time; counts only grow. */
export interface PlanGauges {
  readonly counts: Readonly<Record<'hits' | 'misses' | 'joined', number>>;
  readonly size: number;
}

/** Takes down what the gateway does, what happens between it and its subgraphs among it. */
export interface GatewayMetrics extends FetchObserver {
  /** An operation has come in; to be followed by `operationEnded`. */
  operationBegan(): void;
  operationEnded(record: OperationRecord): void;
  /** A request was turned away before it was looked at; of operations that are refused `operationEnded` tells. */
  refused(reason: RefusalReason): void;
  /** The planner has worked on an operation for so long, in vain or not. */
  planned(seconds: number): void;
  /** A supergraph is in use, the first or another. */
  released(release: { readonly id: string; readonly plans: PlanGauges }): void;
}

/** Takes nothing down. */
export const noMetrics: GatewayMetrics = { ...noObserver, operationBegan() {}, operationEnded() {}, refused() {}, planned() {}, released() {} };
