/** What each state of a run may become; FAILED becomes RUNNING only by a rewind. The trigger refuse_transition in the database says the same. */
export const runTransitions = {
  PENDING: ['RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'],
  RUNNING: ['PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED'],
  PAUSED: ['RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'],
  COMPLETED: [],
  FAILED: ['RUNNING'],
  CANCELLED: [],
} as const;

export type RunStatus = keyof typeof runTransitions;

/** Whether a run has come to its end, for now at least. */
export function hasEnded(status: RunStatus): boolean {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELLED';
}

/** The limits of a run, as they are stored. */
export interface Guardrails {
  /** US cents, exact. */
  readonly maxCostCents?: string | number;
  readonly maxDurationMs?: number;
  readonly maxHandoffs?: number;
}
