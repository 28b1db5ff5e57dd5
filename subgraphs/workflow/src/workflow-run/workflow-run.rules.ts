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

/** From where a run goes back. */
export const rewindable: readonly RunStatus[] = ['RUNNING', 'PAUSED', 'FAILED'];

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

interface Spent {
  readonly guardrails: Guardrails | null;
  readonly deadlineAt: Date | null;
  readonly isAboveCost: boolean;
}

/** The limit that a run has reached, so that it would end again as soon as it went on; undefined when there is none. */
export function spentGuardrail({ guardrails, deadlineAt, isAboveCost }: Spent, now: Date): string | undefined {
  if (deadlineAt !== null && deadlineAt <= now) return `maxDurationMs, ${guardrails?.maxDurationMs},`;
  return isAboveCost ? `maxCostCents, ${guardrails?.maxCostCents},` : undefined;
}
