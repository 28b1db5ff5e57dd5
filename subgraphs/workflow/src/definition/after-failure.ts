import type { Step } from './parse-definition.ts';
import type { Attempt, PlannedApproval, StepError } from './plan-types.ts';

/** An attempt that has ended, or is written down as FAILED by the plan that is being made, and so has no id yet. */
export type Tried = Pick<Attempt, 'status' | 'error' | 'attempt'> & { readonly id: string | null };

// What follows a failed attempt. "Again" is when it is the first failure, and may be retried: it TIMED_OUT, or FAILED with an
// error that is not `retryable: false`. Asking is an ESCALATION approval over the attempt that failed.
//
// | on_failure                | approval REJECTED | again | otherwise                                                       |
// | halt                      | HALT              | HALT  | HALT                                                            |
// | skip                      | SKIP              | SKIP  | SKIP                                                            |
// | retry_once                | HALT              | RETRY | HALT                                                            |
// | retry_once_then_escalate  | HALT              | RETRY | ASK; then WAIT; APPROVED: RETRY, the last time; REJECTED: HALT  |
export type Consequence = 'HALT' | 'SKIP' | 'RETRY' | 'ASK' | 'WAIT';

/** The code of an attempt whose approval was refused. */
const rejected = 'REJECTED';

/**
 * What follows the last of a step's attempts, which failed.
 * @param tried the step's attempts in their order.
 * @param approvals those of the run.
 */
export function afterFailure({ onFailure }: Step, tried: readonly Tried[], approvals: readonly PlannedApproval[]): Consequence {
  const last = tried.at(-1);
  const isRefused = last?.error?.code === rejected;
  const isAgain = tried.length === 1 && (last?.status === 'TIMED_OUT' || last?.error?.retryable !== false);
  switch (onFailure) {
    case 'halt': return 'HALT';
    case 'skip': return 'SKIP';
    case 'retry_once': return isAgain && !isRefused ? 'RETRY' : 'HALT';
    case 'retry_once_then_escalate': {
      if (isRefused) return 'HALT';
      return isAgain ? 'RETRY' : afterAsking(tried, approvals);
    }
  }
}

function afterAsking(tried: readonly Tried[], approvals: readonly PlannedApproval[]): Consequence {
  const asked = approvals.filter(({ source }) => source === 'ESCALATION');
  const answerOver = (attempt: Tried | undefined) => asked.find(({ stepResultId }) => stepResultId !== null && stepResultId === attempt?.id)?.status;
  switch (answerOver(tried.at(-1))) {
    case 'PENDING': return 'WAIT';
    case 'APPROVED': return 'RETRY';
    case 'REJECTED': return 'HALT';
    // The attempt that a person allowed was the last.
    case undefined: return tried.some((attempt) => answerOver(attempt) === 'APPROVED') ? 'HALT' : 'ASK';
  }
}

/** Why an attempt failed. */
export function errorOf({ status, error }: Tried): StepError {
  return error ?? (status === 'TIMED_OUT'
    ? { code: 'TIMED_OUT', message: 'No result came in time.', retryable: true }
    : { code: 'FAILED', message: 'The attempt failed without saying why.', retryable: false });
}

/** What a person is asked when a step has failed for good. */
export function escalationSummary(stepId: string, tried: readonly Tried[]): string {
  const last = tried.at(-1);
  const { code, message } = last ? errorOf(last) : { code: '', message: '' };
  const times = tried.length === 1 ? 'once' : tried.length === 2 ? 'twice' : `${tried.length} times`;
  return `Step ${stepId} failed ${times}, last with ${code}: ${message.slice(0, 500)} Try it once more?`;
}
