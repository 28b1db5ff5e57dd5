import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { limitError, operationTooLarge } from './limit-error.ts';

export interface ParseLimits {
  readonly maxTokens: number;
  /** In UTF-16 units. White space, comments and the inside of strings are no tokens, and cost time all the same. */
  readonly maxLength?: number;
}

/** Five thousand tokens need a third of it; long texts belong in variables. */
const usualLength = 128 * 1024;
const charactersPerToken = 20;

// Other than tab, line feed and carriage return: https://spec.graphql.org/October2021/#SourceCharacter
const controls = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F]/;

const subject = 'The document';
const code = 'GRAPHQL_PARSE_FAILED';

/**
 * Reads a document. Throws a GraphQLError: `GRAPHQL_PARSE_FAILED` with the place of the fault, or `OPERATION_TOO_LARGE` when it
 * has more than `maxTokens` tokens or `maxLength` characters, or brackets so deep in one another that no limit lets them through.
 */
export function parseDocument(text: string, { maxTokens, maxLength = Math.max(usualLength, maxTokens * charactersPerToken) }: ParseLimits): DocumentNode {
  if (text.length > maxLength) throw limitError({ subject, limit: 'length', max: maxLength, found: text.length });
  assertReadable(text);
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    // The parser calls itself for every bracket, and five thousand are more than the stack holds.
    if (error instanceof RangeError) throw new GraphQLError(`${subject} has too many brackets within one another.`, { extensions: { code: operationTooLarge, limit: 'nesting' } });
    if (!(error instanceof GraphQLError)) throw error;
    if (error.message.includes('tokens. Parsing aborted')) throw limitError({ subject, limit: 'tokens', max: maxTokens, found: maxTokens + 1, orMore: true });
    throw new GraphQLError(error.message, { source: error.source ?? null, positions: error.positions ?? null, extensions: { code } });
  }
}

function assertReadable(text: string): void {
  const control = controls.exec(text);
  if (control) throw new GraphQLError(`${subject} has the control character ${codeOf(control[0])} at ${placeOf(text, control.index)}. Leave it out, or write it as an escape in a string.`, { extensions: { code } });
  if (text.isWellFormed()) return;
  const lone = loneSurrogate(text);
  throw new GraphQLError(`${subject} has half of a character, ${codeOf(text.charAt(lone))}, at ${placeOf(text, lone)}. It was cut or is not in Unicode.`, { extensions: { code } });
}

function loneSurrogate(text: string): number {
  return /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(text)?.index ?? 0;
}

function codeOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function placeOf(text: string, index: number): string {
  const before = text.slice(0, index).split(/\r\n|[\n\r]/);
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
