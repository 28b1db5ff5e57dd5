import { afterFailure, errorOf, escalationSummary, type Tried } from './after-failure.ts';
import { beginStep } from './begin-step.ts';
import type { Json, JsonObject } from './json.ts';
import type { Step } from './parse-definition.ts';
import type { AttemptStatus, Plan, PlanInput, Planned, PlannedBegin, PlannedEscalation, PlannedFailure, PlannedSkip } from './plan-types.ts';

const active: ReadonlySet<AttemptStatus> = new Set(['PENDING', 'HELD', 'DISPATCHED', 'RUNNING']);

/** A piece of work: a step, or what was handed to one. */
export interface Work {
  readonly step: Step;
  /** All that expressions may speak of; asked for only when the work begins. */
  readonly scope: () => JsonObject;
  readonly handoff?: { readonly id: string; readonly payload: Json };
}

/** How far a piece of work is: under way (or waiting for a person), done, left out by its condition, or failed and passed over. */
export type Progress = 'ACTIVE' | 'COMPLETED' | 'SKIPPED' | 'PASSED_OVER';

/** A plan that is being made; work whose time has come is pursued, and what follows is noted. */
export interface Draft {
  readonly pursue: (work: Work) => Progress;
  /** Leaves a step out. */
  readonly leaveOut: (stepId: string, reason: string) => void;
  readonly halt: (end: NonNullable<Plan['end']>) => void;
  /** @param isDone whether nothing is left to do but to wait for child runs. */
  readonly finish: (isDone: boolean) => Plan;
}

export const nothing: Plan = { begin: [], skip: [], fail: [], escalate: [], end: null, waitingReason: null };

export function draftPlan({ attempts, approvals, clearedAttempts = {}, openChildRuns }: PlanInput): Draft {
  const begin: PlannedBegin[] = [];
  const skip: PlannedSkip[] = [];
  const fail: PlannedFailure[] = [];
  const escalate: PlannedEscalation[] = [];
  const waitsFor: string[] = [];
  let end: Plan['end'] = null;

  const numbers = new Map(Object.entries(clearedAttempts));
  for (const { stepId, attempt } of attempts) numbers.set(stepId, Math.max(attempt, numbers.get(stepId) ?? 0));
  const next = (stepId: string, handoffId: string | null): Planned => {
    const attempt = (numbers.get(stepId) ?? 0) + 1;
    numbers.set(stepId, attempt);
    return { stepId, attempt, handoffId };
  };
  const triesAt = ({ step, handoff }: Work) =>
    attempts.filter((each) => each.stepId === step.id && (each.handoffId ?? null) === (handoff?.id ?? null)).toSorted((a, b) => a.attempt - b.attempt);

  function pursue(work: Work): Progress {
    const tries = triesAt(work);
    const last = tries.at(-1);
    if (!last) return start(work, tries);
    if (active.has(last.status)) return 'ACTIVE';
    if (last.status === 'COMPLETED' || last.status === 'SKIPPED') return last.status;
    return follow(work, tries);
  }

  function start(work: Work, tried: readonly Tried[]): Progress {
    const { step, handoff } = work;
    const here = next(step.id, handoff?.id ?? null);
    const beginning = beginStep(step, work.scope(), handoff);
    switch (beginning.kind) {
      case 'BEGIN':
        begin.push({ ...here, ...beginning.work, heldFor: step.approval && !isApproved(step.id, tried) ? 'APPROVAL' : 'BUDGET' });
        return 'ACTIVE';
      case 'SKIP':
        skip.push({ ...here, reason: beginning.reason });
        return 'SKIPPED';
      case 'FAIL':
        fail.push({ ...here, error: beginning.error });
        return follow(work, [...tried, { id: null, status: 'FAILED', error: beginning.error, attempt: here.attempt }]);
    }
  }

  function follow(work: Work, tried: readonly Tried[]): Progress {
    const { step } = work;
    const last = tried.at(-1) as Tried;
    switch (afterFailure(step, tried, approvals)) {
      case 'SKIP': return 'PASSED_OVER';
      case 'RETRY': return start(work, tried);
      case 'ASK':
        escalate.push({ stepId: step.id, attempt: last.attempt, stepResultId: last.id, summary: escalationSummary(step.id, tried) });
        waitsFor.push(step.id);
        return 'ACTIVE';
      case 'WAIT':
        waitsFor.push(step.id);
        return 'ACTIVE';
      case 'HALT':
        end ??= { status: 'FAILED', stepId: step.id, error: errorOf(last) };
        return 'ACTIVE';
    }
  }

  /** A consent given to an earlier try holds for the next. */
  function isApproved(stepId: string, tried: readonly Tried[]): boolean {
    return approvals.some(({ source, status, stepId: over, stepResultId }) =>
      source === 'WORKFLOW' && status === 'APPROVED' && over === stepId && (stepResultId === null || tried.some(({ id }) => id === stepResultId)));
  }

  function finish(isDone: boolean): Plan {
    // What has failed is written down; nothing else is begun in a run that ends.
    if (end?.status === 'FAILED') return { ...nothing, fail, end };
    const isUnderWay = begin.length > 0 || attempts.some(({ status }) => active.has(status));
    if (isDone && !isUnderWay && openChildRuns === 0) end = { status: 'COMPLETED' };
    const reasons = waitsFor.map((id) => `a decision on step ${id}, which has failed`);
    if (isDone && openChildRuns > 0) reasons.push(`${openChildRuns} child ${openChildRuns === 1 ? 'run' : 'runs'}`);
    return { begin, skip, fail, escalate, end, waitingReason: isUnderWay || reasons.length === 0 ? null : `waits for ${reasons.join(', and for ')}` };
  }

  return { pursue, leaveOut: (stepId, reason) => skip.push({ ...next(stepId, null), reason }), halt: (reason) => (end ??= reason), finish };
}
