import { inWords, type ExpressionError } from './expression-error.ts';
import { meter } from './meter.ts';
import { rootsOf, type Root } from './expression-roots.ts';
import { parseExpression } from './expression-syntax.ts';
import { room, toJson, toValue, type Room } from './expression-value.ts';
import { fuel } from './fuel.ts';
import type { Json, JsonObject } from './json.ts';

/** Works out CEL expressions over one scope, which is not to change meanwhile; their work and, when it is given, the room for their results are counted together. */
export type Evaluate = (expression: string, space?: Room) => Json;

/** @returns what works out expressions over `scope`; it throws {@link ExpressionError} for one that has no value. */
export function evaluatorOf(scope: JsonObject): Evaluate {
  const tank = fuel();
  const values = new Map<string, unknown>();
  const valueOf = (name: string): unknown => {
    if (!values.has(name)) values.set(name, toValue(scope[name] as Json));
    return values.get(name);
  };
  return (expression, space = room()) => {
    const parsed = parseExpression(expression);
    const names = rootsOf(parsed.ast).map(({ name }) => name).filter((name) => Object.hasOwn(scope, name));
    try {
      // Nothing is inherited: a name that is not there is not there.
      const context = Object.assign(Object.create(null), Object.fromEntries(names.map((name) => [name, valueOf(name)]))) as Record<string, unknown>;
      meter(parsed.ast, tank);
      return toJson(parsed(context), space);
    } catch (error) {
      throw inWords(error);
    }
  };
}

/**
 * The value of a CEL expression.
 * @param scope what its names stand for.
 * @throws {ExpressionError} when it cannot be read, uses what is not there, is too much work, or comes to what JSON cannot hold.
 */
export function evaluate(expression: string, scope: JsonObject): Json {
  return evaluatorOf(scope)(expression);
}

/** What is known of an expression without its values: what is wrong with it, or the names it takes from its scope. */
export function checkExpression(expression: string): { readonly fault: ExpressionError } | { readonly fault: null; readonly roots: readonly Root[] } {
  try {
    const parsed = parseExpression(expression);
    meter(parsed.ast, fuel());
    const { error } = parsed.check();
    return error ? { fault: inWords(error) } : { fault: null, roots: rootsOf(parsed.ast) };
  } catch (error) {
    return { fault: inWords(error) };
  }
}
