import { ExpressionError } from './expression-error.ts';
import { room, take, type Room } from './expression-value.ts';
import { evaluatorOf, type Evaluate } from './expression.ts';
import type { Json, JsonObject } from './json.ts';
import { piecesOf } from './template.ts';

/**
 * A JSON value with each {{ expression }} in its texts worked out. A text that is one expression and nothing else becomes
 * that expression's value, of whatever type; elsewhere texts are put in as they are, and all else as JSON.
 * @throws {ExpressionError} when an expression has no value, naming it, or the whole is longer than 1 MB.
 */
export function interpolate(value: Json, scope: JsonObject): Json {
  return interpolateBy(evaluatorOf(scope), value);
}

/** {@link interpolate}, with what works the expressions out: its fuel is shared by all that is done with it. */
export function interpolateBy(evaluate: Evaluate, value: Json): Json {
  return fill(value, evaluate, room());
}

/** A text with its expressions worked out, as a text whatever they come to. */
export function interpolateText(evaluate: Evaluate, text: string): string {
  const space = room();
  return piecesOf(text).map((piece) => asText(valueOf(piece, evaluate, space))).join('');
}

function fill(value: Json, evaluate: Evaluate, space: Room): Json {
  if (typeof value === 'string') return fillText(value, evaluate, space);
  take(space, 4);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => fill(each as Json, evaluate, space));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => {
    take(space, key.length + 3);
    return [key, fill(each, evaluate, space)];
  }));
}

function fillText(text: string, evaluate: Evaluate, space: Room): Json {
  const pieces = piecesOf(text);
  const [first, ...rest] = pieces;
  if (first === undefined) return text;
  if (rest.length === 0) return valueOf(first, evaluate, space);
  return pieces.map((piece) => asText(valueOf(piece, evaluate, space))).join('');
}

function valueOf(piece: ReturnType<typeof piecesOf>[number], evaluate: Evaluate, space: Room): Json {
  if (typeof piece === 'string') return take(space, piece.length), piece;
  try {
    return evaluate(piece.expression, space);
  } catch (error) {
    throw error instanceof ExpressionError ? new ExpressionError(`{{ ${piece.expression} }}: ${error.message}`, error.position) : error;
  }
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
