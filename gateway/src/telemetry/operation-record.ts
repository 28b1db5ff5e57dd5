/**
 * How an operation ended: answered without errors, or with some and some data; with nothing but errors (`failed`); turned away before
 * it was carried out; out of time; or its client has left.
 */
export type OperationOutcome = 'ok' | 'partial' | 'failed' | 'refused' | 'timeout' | 'left';

/** What becomes known of an operation while it is answered. */
export interface OperationNotes {
  type: 'query' | 'mutation' | 'subscription' | 'unknown';
  /** As its document calls it. */
  name: string | undefined;
  /** Whether the document is one that the operator knows. */
  trusted: boolean;
  /** On whose behalf. */
  caller: { readonly orgId: string; readonly kind: string } | undefined;
  /** In points, as far as it is known: estimated, then actual. */
  cost: number | undefined;
  /** Whether its answer has data. */
  hasData: boolean;
  /** The codes of the errors in its answer. */
  readonly codes: Set<string>;
}

/** An operation that has ended. */
export interface OperationRecord extends Readonly<OperationNotes> {
  readonly requestId: string;
  readonly outcome: OperationOutcome;
  /** Of HTTP; 499 when nobody was there to hear it. */
  readonly status: number;
  readonly seconds: number;
}

/** Of an operation of which nothing is known yet. */
export function blankNotes(): OperationNotes {
  return { type: 'unknown', name: undefined, trusted: false, caller: undefined, cost: undefined, hasData: false, codes: new Set() };
}
