import { refuse, type Refusal } from '../errors/refusal.ts';
import { operationTooLarge } from '../limits/limit-error.ts';
import { passedBound, type JsonBounds } from '../limits/json-bounds.ts';

// A BOM is no part of JSON (RFC 8259, section 8.1); the decoder takes it off.
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The value of a body; throws a 400 that says why there is none. */
export function readJson(body: Uint8Array, bounds: JsonBounds): unknown {
  const bound = passedBound(body, bounds);
  if (bound) throw refuse(operationTooLarge, bound === 'depth' ? `The body is nested more than ${bounds.depth} deep.` : `The body has more than ${bounds.values} values.`, { status: 400 });
  const text = decoded(body);
  try {
    return JSON.parse(text);
  } catch {
    throw bad('The body is not JSON.');
  }
}

function decoded(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw bad('The body is not UTF-8.');
  }
}

function bad(message: string): Refusal {
  return refuse('BAD_REQUEST', message, { status: 400 });
}
