/** What each state of an attempt may become. The trigger refuse_transition in the database says the same. */
export const stepTransitions = {
  PENDING: ['DISPATCHED', 'FAILED', 'CANCELLED'],
  HELD: ['PENDING', 'RUNNING', 'FAILED', 'CANCELLED'],
  DISPATCHED: ['RUNNING', 'FAILED', 'TIMED_OUT', 'CANCELLED'],
  RUNNING: ['HELD', 'COMPLETED', 'FAILED', 'TIMED_OUT', 'CANCELLED'],
  COMPLETED: [],
  FAILED: [],
  SKIPPED: [],
  CANCELLED: [],
  TIMED_OUT: [],
} as const;

export type StepStatus = keyof typeof stepTransitions;

/** Whether nothing more becomes of an attempt. */
export function isOver(status: StepStatus): boolean {
  return stepTransitions[status].length === 0;
}
