import { isJsonObject, type Json, type JsonObject } from './json.ts';
import type { Definition } from './parse-definition.ts';
import type { Attempt } from './plan-types.ts';

/** A step that has been done. */
export interface Completed {
  readonly stepId: string;
  readonly output: Json;
  /** The names that its definition declares; only these become variables. Left out, every field of the output does. */
  readonly outputs?: readonly string[];
}

export interface Scope {
  /**
   * What expressions see: `args`, each output by its name, and all that a step returned by the step's id. Of two things with
   * one name, args come before steps, and steps before variables.
   */
  readonly scope: JsonObject;
  /** The outputs by name; of two steps that write the same name the later wins. */
  readonly variables: JsonObject;
  /** What each step returned, by its id; the last time, where it was done more than once. */
  readonly accumulatedOutputs: JsonObject;
  /** The names of the variables, in the order in which they were last written. */
  readonly variableOverwriteOrder: readonly string[];
}

/** @param completed in the order in which they were done. */
export function scopeOf(args: Json, completed: readonly Completed[]): Scope {
  const variables = new Map<string, Json>();
  const outputs = new Map<string, Json>();
  for (const { stepId, output, outputs: declared } of completed) {
    outputs.set(stepId, output);
    if (!isJsonObject(output)) continue;
    for (const name of declared ?? Object.keys(output)) {
      if (!Object.hasOwn(output, name)) continue;
      variables.delete(name);
      variables.set(name, output[name] as Json);
    }
  }
  return {
    scope: Object.fromEntries<Json>([...variables, ...outputs, ['args', args]]),
    variables: Object.fromEntries(variables),
    accumulatedOutputs: Object.fromEntries(outputs),
    variableOverwriteOrder: [...variables.keys()],
  };
}

/** What the steps of a run have returned, for {@link scopeOf}; of several attempts of a step, as delegated runs make them, each. */
export function completedOf(definition: Definition, attempts: readonly Pick<Attempt, 'stepId' | 'status' | 'output'>[]): Completed[] {
  const outputs = new Map(definition.steps.map((step) => [step.id, step.outputs]));
  return attempts.filter(({ status }) => status === 'COMPLETED').map(({ stepId, output }) => ({ stepId, output, outputs: outputs.get(stepId) ?? [] }));
}
