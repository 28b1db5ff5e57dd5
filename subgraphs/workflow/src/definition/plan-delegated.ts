import { draftPlan } from './plan-draft.ts';
import type { Plan, PlanInput } from './plan-types.ts';
import { completedOf, scopeOf } from './scope.ts';

/**
 * How a delegated run goes on: it begins with the steps that depend on none, and from then on each handoff makes an attempt of
 * the step it goes to, one after the other where several go to one. What that step depends on and its condition are not
 * looked at; it sees whatever has been done. The run is done when every handoff has been taken and nothing is under way.
 */
export function planDelegated(input: PlanInput): Plan {
  const { definition, attempts, handoffs, args } = input;
  const draft = draftPlan(input);
  const scope = () => scopeOf(args, completedOf(definition, attempts)).scope;
  const unknown = handoffs.find(({ toStepId }) => !definition.steps.some(({ id }) => id === toStepId));
  if (unknown) {
    const { toStepId: stepId } = unknown;
    draft.halt({ status: 'FAILED', stepId, error: { code: 'UNKNOWN_STEP', message: `Something was handed to ${stepId}, which is not a step.`, retryable: false } });
  }

  let isDone = true;
  for (const step of definition.steps) {
    const starts = step.dependsOn.length === 0 ? [{ step, scope }] : [];
    const handed = handoffs.filter(({ toStepId }) => toStepId === step.id).map((handoff) => ({ step, scope, handoff }));
    // A step does one thing at a time: what it has begun, then the rest in the order in which it was given them. Clocks differ, so
    // what came last may be dated before what was begun.
    const begun = (work: (typeof handed)[number]) => attempts.some(({ stepId, handoffId }) => stepId === step.id && handoffId === work.handoff.id);
    const isWaiting = [...starts, ...handed.filter(begun), ...handed.filter((work) => !begun(work))].some((work) => draft.pursue(work) === 'ACTIVE');
    if (isWaiting) isDone = false;
  }
  return draft.finish(isDone);
}
