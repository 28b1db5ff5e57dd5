import { atLeastNothing, evaluate, times, type Expression } from './expression.ts';
import type { Variables } from './variables.ts';

/** A field of an operation as far as it costs something. */
export interface FieldCost {
  /** The place of its total among those of a formula. */
  readonly index: number;
  /** Its name in the answer. */
  readonly key: string;
  /** Whether it is asked for; undefined: always. */
  readonly included: ((variables: Variables) => boolean) | undefined;
  /** Of its arguments, each time it is called. */
  readonly call: Expression;
  readonly size: Expression;
  /** What `@cost` says of the field, or of the scalar it is: for each item. */
  readonly weight: number;
  readonly inner: SelectionCost | undefined;
}

/** What is asked of an object: of an interface or a union, for each of the types that it may be. */
export interface SelectionCost {
  readonly index: number;
  readonly alternatives: readonly ObjectCost[];
  /** By the name of the type. */
  readonly byType: ReadonlyMap<string, ObjectCost>;
  /** What `__typename` is called in the answer, if it is sure to be there. */
  readonly typename: string | undefined;
}

export interface ObjectCost {
  readonly weight: number;
  readonly fields: readonly FieldCost[];
}

/** What an operation selects, and every part of it, each after those that are in it. */
export interface CompiledCost {
  readonly whole: SelectionCost;
  readonly parts: readonly (FieldCost | SelectionCost)[];
}

/** Totals for one call of a field, or one object of a selection, by their index. */
export type Totals = Float64Array;

export function fieldTotal(field: FieldCost, totals: Totals, variables: Variables): number {
  if (field.included && !field.included(variables)) return 0;
  const each = field.weight + (field.inner ? (totals[field.inner.index] ?? 0) : 0);
  return atLeastNothing(evaluate(field.call, variables) + times(evaluate(field.size, variables), each));
}

/** An object is as dear as the dearest of the types that it may be. */
export function selectionTotal({ alternatives }: SelectionCost, totals: Totals): number {
  let most = 0;
  for (const object of alternatives) most = Math.max(most, objectTotal(object, totals));
  return most;
}

export function objectTotal({ weight, fields }: ObjectCost, totals: Totals): number {
  let sum = weight;
  for (const { index } of fields) sum += totals[index] ?? 0;
  return sum;
}
