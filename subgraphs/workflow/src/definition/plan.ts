import type { JsonObject } from './json.ts';
import type { Step } from './parse-definition.ts';
import { planDelegated } from './plan-delegated.ts';
import { draftPlan, nothing, type Progress } from './plan-draft.ts';
import type { Plan, PlanInput } from './plan-types.ts';
import { completedOf, scopeOf, type Completed } from './scope.ts';
import { ancestorsOf, inOrder } from './step-graph.ts';

// When a step's turn comes, by how those it depends on are:
//
// | one of them                                        | the step                                                        |
// | is under way, waits for a person, has not begun    | waits                                                           |
// | failed for good with on_failure: skip              | is SKIPPED, at once, and all behind it, though others completed |
// | was SKIPPED for such a failure                     | is SKIPPED: that skip spreads                                   |
// | was SKIPPED since its condition is false           | begins: that skip does not spread, not even when all were       |
// | COMPLETED                                          | begins                                                          |
//
// A step that begins sees the steps before it, however far back, and no others, so that it sees the same whenever its turn
// comes. One that was SKIPPED is there for `has(...)`, and has no fields.

/**
 * How a run goes on: everything that is to be done now, worked out to the end, so that a second plan, made when this one has
 * been carried out and nothing else has changed, holds nothing new. It is a function of what it is given, and of nothing else.
 */
export function planRun(input: PlanInput): Plan {
  // Somebody has called the run off.
  if (input.attempts.some(({ status }) => status === 'CANCELLED')) return nothing;
  return input.runType === 'DELEGATED' ? planDelegated(input) : planPrescriptive(input);
}

function planPrescriptive(input: PlanInput): Plan {
  const { definition } = input;
  const steps = new Map(definition.steps.map((step) => [step.id, step]));
  const graph = new Map(definition.steps.map(({ id, dependsOn }) => [id, dependsOn]));
  const ancestors = ancestorsOf(graph);
  const completed = completedOf(definition, input.attempts);
  const draft = draftPlan(input);
  const progress = new Map<string, Progress>();

  for (const id of inOrder(graph)) {
    const step = steps.get(id) as Step;
    const lost = step.dependsOn.find((other) => progress.get(other) === 'PASSED_OVER');
    if (lost !== undefined) {
      if (!input.attempts.some(({ stepId }) => stepId === id)) draft.leaveOut(id, `step ${lost}, which it depends on, failed or was left out`);
      progress.set(id, 'PASSED_OVER');
    } else if (step.dependsOn.every((other) => progress.get(other) === 'COMPLETED' || progress.get(other) === 'SKIPPED')) {
      progress.set(id, draft.pursue({ step, scope: () => scopeOfStep(input, completed, ancestors.get(id) ?? new Set()) }));
    }
  }
  return draft.finish(definition.steps.every(({ id }) => progress.has(id) && progress.get(id) !== 'ACTIVE'));
}

function scopeOfStep({ args }: PlanInput, completed: readonly Completed[], before: ReadonlySet<string>): JsonObject {
  const { scope, accumulatedOutputs } = scopeOf(args, completed.filter(({ stepId }) => before.has(stepId)));
  const skipped = [...before].filter((id) => !Object.hasOwn(accumulatedOutputs, id));
  return { ...scope, ...Object.fromEntries(skipped.map((id) => [id, {}])) };
}
