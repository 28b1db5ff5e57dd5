import type { Variables } from './variables.ts';

/** A number that may depend on variables. */
export type Expression = number | ((variables: Variables) => number);

export function evaluate(expression: Expression, variables: Variables): number {
  return typeof expression === 'number' ? expression : expression(variables);
}

/** A sum that is never negative, and more than any limit when it is no number any more. */
export function atLeastNothing(cost: number): number {
  return Number.isNaN(cost) ? Infinity : Math.max(0, cost);
}

/** How much so many of them cost: none is nothing, whatever one would be. */
export function times(count: number, cost: number): number {
  return count === 0 ? 0 : count * cost;
}
