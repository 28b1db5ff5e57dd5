/** An expression that cannot be read, or has no value; the message goes on from what names the expression. */
export class ExpressionError extends Error {
  /** Where in the expression the fault is, counted from 0. */
  readonly position: number | undefined;

  constructor(message: string, position?: number) {
    super(message);
    this.position = position;
  }
}

const names: readonly (readonly [RegExp, string])[] = [
  [/dyn<(\w+)[^>]*>+/g, '$1'],
  [/\b(int|uint|double)\b/g, 'number'],
  [/\bstring\b/g, 'text'],
  [/\bbool\b/g, 'true or false'],
];
const punctuation: Readonly<Record<string, string>> = {
  EOF: 'the end', PLUS: '+', MINUS: '-', MULTIPLY: '*', DIVIDE: '/', MODULO: '%', EQ: '==', NE: '!=', LT: '<', LE: '<=', GT: '>', GE: '>=', AND: '&&', OR: '||', NOT: '!',
  LPAREN: '(', RPAREN: ')', LBRACKET: '[', RBRACKET: ']', LBRACE: '{', RBRACE: '}', DOT: '.', COMMA: ',', COLON: ':', QUESTION: '?', IN: 'in',
  NUMBER: 'a number', STRING: 'a text', BOOLEAN: 'true or false', NULL: 'null', IDENTIFIER: 'a name',
};
const token = (word: string) => punctuation[word] ?? word;

/** What the library found wrong, in words for those who write definitions. */
export function inWords(error: unknown): ExpressionError {
  if (error instanceof ExpressionError) return error;
  if (!(error instanceof Error)) return new ExpressionError(String(error));
  const { summary = error.message, range } = error as Error & { summary?: string; range?: { start: number } };
  const message = summary
    .replace(/^Unexpected token: (\w+)$/, (_, word: string) => `${token(word)} is not expected here`)
    .replace(/^Expected (\w+), got (\w+)$/, (_, wanted: string, found: string) => `${token(wanted)} is expected here, not ${token(found)}`)
    .replace(/^Unexpected character: '(.*)'$/, '$1 is not expected here')
    .replace(/^Unknown variable: (.*)$/, 'there is no $1')
    .replace(/^No such key: (.*)$/, 'there is no $1')
    .replace(/^no such overload: (.*)$/, (_, types: string) => `${inTypes(types)} cannot be worked out`)
    .replace(/^found no matching overload for '(.*)'$/, (_, call: string) => `${inTypes(call)} cannot be called`)
    .replace(/^Reserved identifier: (.*)$/, 'the language keeps $1 for itself')
    .replace(/^Exceeded max\w+ \((\d+)\)$/, 'is too long, or nested too deep')
    .replace(/^Ternary condition must be bool, got '(.*)'$/, (_, type: string) => `what stands before ? must be true or false, not ${inTypes(type)}`)
    .replace(/^Logical operator requires bool operands, got '(.*)'$/, (_, type: string) => `&& and || go between what is true or false, not ${inTypes(type)}`);
  return new ExpressionError(message, range?.start);
}

function inTypes(text: string): string {
  return names.reduce((result, [type, name]) => result.replace(type, name), text);
}
