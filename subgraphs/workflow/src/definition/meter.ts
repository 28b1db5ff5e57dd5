import type { ASTNode } from '@marcbachmann/cel-js';
import { ExpressionError } from './expression-error.ts';
import { partsOf } from './expression-syntax.ts';
import type { Fuel } from './fuel.ts';

// The library has no limit of its own on how long an expression runs: lists within lists make any power of their length.
// Each node of its tree keeps what checks and evaluates it in `meta`, where it can be wrapped; what the library makes of a
// node (the loop behind `map`) is its `alternate`. Of that loop only what a person wrote in it is metered, which is enough:
// its list is weighed each time the loop is entered.
interface Evaluator { readonly run: (node: unknown, context: unknown) => unknown }
interface Checker { readonly check: (node: unknown, context: unknown) => unknown; readonly dynType: unknown }
type Evaluate = (evaluator: Evaluator, node: unknown, context: unknown) => unknown;
type Check = (checker: Checker, node: unknown, context: unknown) => unknown;
interface Inside {
  readonly meta: { readonly evaluate: Evaluate; readonly alternate?: Inside };
  readonly setMeta: ((key: 'evaluate', value: Evaluate) => void) & ((key: 'check', value: Check) => void);
}

/** Operators and functions that may look through all of what they are given. */
const thorough = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', '+', 'call', 'rcall']);
/** An error is dear: it carries a stack and a drawing of where it happened. */
const priceOfError = 100;

/** Makes every part of a parsed expression burn fuel when it is evaluated, and gives lists and texts a `length`. */
export function meter(node: ASTNode, fuel: Fuel, isLookedThrough = false): void {
  const inside = node as unknown as Inside;
  if (node.op === '.' && node.args[1] === 'length') giveLength(inside, node.args[0], fuel);
  const target = inside.meta.alternate ?? inside;
  const { evaluate } = target.meta;
  target.setMeta('evaluate', (evaluator, self, context) => {
    fuel.burn(1);
    try {
      const value = evaluate(evaluator, self, context);
      if (isLookedThrough) fuel.burn(fuel.weigh(value));
      return value;
    } catch (error) {
      fuel.burn(priceOfError);
      throw error;
    }
  });
  for (const part of partsOf(node)) meter(part, fuel, thorough.has(node.op));
}

function giveLength(inside: Inside, of: ASTNode, fuel: Fuel): void {
  inside.setMeta('check', (checker, _, context) => (checker.check(of, context), checker.dynType));
  inside.setMeta('evaluate', (evaluator, _, context) => {
    const value = evaluator.run(of, context);
    if (typeof value === 'string') fuel.burn(fuel.weigh(value));
    if (typeof value === 'string' || Array.isArray(value)) return BigInt(Array.from(value).length);
    if (value instanceof Map && value.has('length')) return value.get('length') as unknown;
    throw new ExpressionError('there is no length', of.start);
  });
}
