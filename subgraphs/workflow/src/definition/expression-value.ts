import { ExpressionError } from './expression-error.ts';
import type { Json } from './json.ts';

const deepest = 200;
/** In characters of JSON. */
const longest = 1_000_000;

/**
 * A JSON value as expressions see it: objects become maps, so that no name reaches a prototype, and a field that is called
 * `constructor` is a field like any other.
 * @throws {ExpressionError} when it is nested deeper than 200 levels.
 */
export function toValue(json: Json, depth = 0): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (depth > deepest) throw new ExpressionError('looks at a value that is nested too deep');
  if (Array.isArray(json)) return json.map((each: Json) => toValue(each, depth + 1));
  return new Map(Object.entries(json).map(([key, each]) => [key, toValue(each, depth + 1)]));
}

/** How much a result may still hold; shared by all that go into one. */
export interface Room { left: number }
export const room = (): Room => ({ left: longest });

/** @throws {ExpressionError} when `length` characters are too many. */
export function take(from: Room, length: number): void {
  from.left -= length;
  if (from.left < 0) throw new ExpressionError(`gives more than ${longest / 1_000_000} MB`);
}

/**
 * What an expression came to, as JSON.
 * @throws {ExpressionError} when JSON cannot hold it, or it is longer than 1 MB.
 */
export function toJson(value: unknown, space: Room, depth = 0): Json {
  take(space, typeof value === 'string' ? value.length + 2 : 4);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  if (depth > deepest) throw new ExpressionError('gives a value that is nested too deep');
  if (Array.isArray(value)) return value.map((each) => toJson(each, space, depth + 1));
  if (value instanceof Map) return fromEntries(value, space, depth);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) return fromEntries(Object.entries(value), space, depth);
  throw new ExpressionError('gives something that JSON cannot hold');
}

function fromEntries(entries: Iterable<readonly [unknown, unknown]>, space: Room, depth: number): Json {
  return Object.fromEntries(Array.from(entries, ([key, each]) => {
    take(space, String(key).length + 3);
    return [String(key), toJson(each, space, depth + 1)];
  }));
}
