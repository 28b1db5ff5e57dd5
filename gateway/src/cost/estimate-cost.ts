import { evaluate, times } from './expression.ts';
import { fieldTotal, objectTotal, selectionTotal, type CompiledCost, type FieldCost, type ObjectCost, type SelectionCost, type Totals } from './formula.ts';
import type { Variables } from './variables.ts';

/** What an operation may cost, in points; Infinity when that is no number any more. */
export interface Estimate {
  readonly cost: number;
  /** Where most of it comes from: names of the answer joined by dots, and what everything in there costs. */
  readonly dearest: { readonly path: string; readonly cost: number };
}

/** The estimate as a function: what no variable can change is calculated here and now, the rest by one pass over what is left. */
export function estimateCost({ whole, parts }: CompiledCost): (variables: Variables) => Estimate {
  // One array for all estimates, of which each writes the same places again: a new one would take longer than the pass.
  const totals = new Float64Array(parts.length);
  const varying: (FieldCost | SelectionCost)[] = [];
  const varies = new Set<FieldCost | SelectionCost>();
  for (const part of parts) {
    if ('alternatives' in part ? part.alternatives.some(({ fields }) => fields.some((field) => varies.has(field))) : fieldVaries(part, varies)) {
      varies.add(part);
      varying.push(part);
    } else {
      totals[part.index] = totalOf(part, totals, {});
    }
  }

  return (variables) => ({
    cost: total(variables),
    // Only a refusal asks for it.
    get dearest() {
      total(variables);
      return dearestOf(whole, totals, variables);
    },
  });

  function total(variables: Variables): number {
    for (const part of varying) totals[part.index] = totalOf(part, totals, variables);
    return totals[whole.index] ?? 0;
  }
}

function totalOf(part: FieldCost | SelectionCost, totals: Totals, variables: Variables): number {
  return 'alternatives' in part ? selectionTotal(part, totals) : fieldTotal(part, totals, variables);
}

function fieldVaries({ included, call, size, inner }: FieldCost, varies: ReadonlySet<FieldCost | SelectionCost>): boolean {
  return included !== undefined || typeof call === 'function' || typeof size === 'function' || (inner !== undefined && varies.has(inner));
}

/** Goes down the dearest field of the dearest type, for as long as half of the root field's cost is in there. */
function dearestOf(whole: SelectionCost, totals: Totals, variables: Variables): Estimate['dearest'] {
  const path: string[] = [];
  let [cost, half, count] = [0, 0, 1];
  for (let at: SelectionCost | undefined = whole; at;) {
    const field: FieldCost | undefined = most(most(at.alternatives, (object) => objectTotal(object, totals))?.fields ?? [], ({ index }) => totals[index] ?? 0);
    const total = field ? times(count, totals[field.index] ?? 0) : 0;
    if (!field || total === 0 || total < half) break;
    if (path.length === 0) half = total / 2;
    path.push(field.key);
    cost = total;
    count *= evaluate(field.size, variables);
    at = field.inner;
  }
  return { path: path.join('.'), cost };
}

function most<T extends ObjectCost | FieldCost>(all: readonly T[], by: (each: T) => number): T | undefined {
  return all.reduce<T | undefined>((dearest, each) => (dearest && by(dearest) >= by(each) ? dearest : each), undefined);
}
