import type { FailureMode, Step } from './parse-definition.ts';
import type { Attempt, AttemptStatus, PlanInput, PlannedApproval, StepError } from './plan-types.ts';

/** A step that says as little as may be. */
export function aStep(id: string, keys: Partial<Step> = {}): Step {
  return {
    id, role: 'clerk', command: `do ${id}`, dependsOn: [], inputs: {}, outputs: [], condition: null, timeoutSeconds: 600, onFailure: 'halt', approval: false,
    libraryStep: null, reserveCents: '10', ...keys,
  };
}

/** `a`, `b` and so on; each depends on the one before. */
export function aChain(onFailure: FailureMode, ...ids: string[]): Step[] {
  return ids.map((id, i) => aStep(id, { onFailure, dependsOn: ids.slice(0, i).slice(-1) }));
}

export function anAttempt(stepId: string, status: AttemptStatus, keys: Partial<Attempt> = {}): Attempt {
  const { attempt = 1 } = keys;
  return { id: `${stepId}.${attempt}`, stepId, attempt, status, output: null, error: null, handoffId: null, ...keys };
}

export function failed(stepId: string, attempt = 1, error: Partial<StepError> = {}): Attempt {
  return anAttempt(stepId, 'FAILED', { attempt, error: { code: 'BROKEN', message: 'It broke.', retryable: true, ...error } });
}

export function anApproval(stepResultId: string, status: PlannedApproval['status'], source: PlannedApproval['source'] = 'ESCALATION'): PlannedApproval {
  return { stepId: stepResultId.split('.')[0] ?? '', stepResultId, source, status };
}

export function aRun(steps: readonly Step[], keys: Partial<PlanInput> = {}): PlanInput {
  return { definition: { name: null, description: null, steps }, runType: 'PRESCRIPTIVE', args: {}, attempts: [], approvals: [], handoffs: [], openChildRuns: 0, ...keys };
}
