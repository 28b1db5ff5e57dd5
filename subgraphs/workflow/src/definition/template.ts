import { ExpressionError } from './expression-error.ts';
import { checkExpression } from './expression.ts';

/** A text in pieces: as it is, or the expression between {{ and }} and where in the text it begins. */
export type Piece = string | { readonly expression: string; readonly start: number };

/**
 * Takes a text with {{ expressions }} apart. An expression ends at the first }} that leaves it whole, so that it may hold
 * }} in quotes or braces of its own; where none does, at the first there is.
 * @throws {ExpressionError} when a {{ is never closed, with its position in the text.
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const start = open + 2;
    const end = endOf(text, start);
    if (end < 0) throw new ExpressionError('{{ is not closed by }}', open);
    if (open > at) pieces.push(text.slice(at, open));
    const expression = text.slice(start, end);
    pieces.push({ expression: expression.trim(), start: start + expression.length - expression.trimStart().length });
    at = end + 2;
  }
  if (at < text.length) pieces.push(text.slice(at));
  return pieces;
}

function endOf(text: string, start: number): number {
  const first = text.indexOf('}}', start);
  // Most end at the first; the others are looked for as far as an expression may be long.
  for (let end = first; end >= 0 && end - start <= 2_000; end = text.indexOf('}}', end + 1)) {
    if (checkExpression(text.slice(start, end)).fault === null) return end;
  }
  return first;
}
