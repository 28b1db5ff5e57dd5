import { ExpressionError } from './expression-error.ts';
import { evaluatorOf, type Evaluate } from './expression.ts';
import { interpolateBy, interpolateText } from './interpolate.ts';
import type { Json, JsonObject } from './json.ts';
import type { Step } from './parse-definition.ts';
import type { PlannedBegin, StepError } from './plan-types.ts';

/** What becomes of a step whose turn it is. */
export type Beginning =
  | { readonly kind: 'BEGIN'; readonly work: Pick<PlannedBegin, 'role' | 'command' | 'inputs' | 'outputs' | 'timeoutSeconds' | 'reserveCents'> }
  | { readonly kind: 'SKIP'; readonly reason: string }
  | { readonly kind: 'FAIL'; readonly error: StepError };

/**
 * Works out the condition of a step, then its command and inputs.
 * @param handoff what was handed to it; its condition is not looked at then.
 */
export function beginStep(step: Step, scope: JsonObject, handoff?: { readonly payload: Json }): Beginning {
  const evaluate = evaluatorOf(scope);
  const { condition, role, outputs, timeoutSeconds, reserveCents } = step;
  if (condition !== null && !handoff) {
    const holds = attempt('CONDITION_FAILED', () => conditionHolds(condition, evaluate));
    if (typeof holds !== 'boolean') return holds;
    if (!holds) return { kind: 'SKIP', reason: `its condition ${condition} is false` };
  }
  return attempt('INTERPOLATION_FAILED', () => {
    const inputs = { ...(interpolateBy(evaluate, step.inputs) as JsonObject), ...(handoff && { handoff: handoff.payload }) };
    return { kind: 'BEGIN', work: { role, command: interpolateText(evaluate, step.command), inputs, outputs, timeoutSeconds, reserveCents } };
  });
}

function conditionHolds(condition: string, evaluate: Evaluate): boolean {
  try {
    const value = evaluate(condition);
    if (typeof value === 'boolean') return value;
    throw new ExpressionError(`gives ${JSON.stringify(value).slice(0, 100)}, which is neither true nor false`);
  } catch (error) {
    throw error instanceof ExpressionError ? new ExpressionError(`${condition}: ${error.message}`) : error;
  }
}

/** Nothing that a second try would work out otherwise. */
function attempt<T>(code: string, work: () => T): T | Extract<Beginning, { kind: 'FAIL' }> {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { kind: 'FAIL', error: { code, message: error.message, retryable: false } };
  }
}
