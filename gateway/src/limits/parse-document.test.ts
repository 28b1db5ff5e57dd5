import { parseDocument } from './parse-document.ts';

const faultOf = (text: string, maxTokens = 5_000) => {
  try {
    parseDocument(text, { maxTokens });
  } catch (error) {
    const { message, locations, extensions } = error as { message: string; locations?: unknown; extensions: unknown };
    return { message, ...(locations !== undefined && { locations }), ...(extensions as { code?: string }) };
  }
  return undefined;
};

test('what can be read is read, text of all languages in it', () => {
  expect(parseDocument('\uFEFFquery A {\r\n\ta(b: "𝄞 ñ") # ☃\n}', { maxTokens: 100 }).definitions).toHaveLength(1);
});

test.each<[string, string, object]>([
  ['a syntax error', 'query {\n  a(\n}', { message: 'Syntax Error: Expected Name, found "}".', locations: [{ line: 3, column: 1 }], code: 'GRAPHQL_PARSE_FAILED' }],
  ['nothing', ' # nothing', { message: 'Syntax Error: Unexpected <EOF>.', locations: [{ line: 1, column: 11 }], code: 'GRAPHQL_PARSE_FAILED' }],
  ['a NUL', '{ a\r\n b(c: "\0") }', { message: 'The document has the control character U+0000 at line 2, column 8. Leave it out, or write it as an escape in a string.', code: 'GRAPHQL_PARSE_FAILED' }],
  ['a control character in a comment', '{ a } # \u001B[31m', { message: 'The document has the control character U+001B at line 1, column 9. Leave it out, or write it as an escape in a string.', code: 'GRAPHQL_PARSE_FAILED' }],
  ['half of a character', '{ a(b: "𝄞 \uD834") }', { message: 'The document has half of a character, U+D834, at line 1, column 12. It was cut or is not in Unicode.', code: 'GRAPHQL_PARSE_FAILED' }],
])('%s is told with its place', (_, text, fault) => {
  expect(faultOf(text)).toEqual(fault);
});

test('a document may have as many tokens as the limit says', () => {
  expect(faultOf('{ a b c }', 5)).toBeUndefined();
  expect(faultOf('{ a b c d }', 5)).toEqual({ message: 'The document has 6 or more tokens. The limit of tokens is 5.', code: 'OPERATION_TOO_LARGE', limit: 'tokens', max: 5, found: 6 });
});

test.each(['{a(b:' + '['.repeat(4_900), '{a'.repeat(2_400), '{...'.repeat(2_400), `query($a:${'['.repeat(4_900)}`])('brackets that the parser cannot follow are an error like any other', (text) => {
  expect(faultOf(text)?.code).toMatch(/^(OPERATION_TOO_LARGE|GRAPHQL_PARSE_FAILED)$/);
});

test('a long text is refused unread', () => {
  expect(faultOf(`{a(b:"${'x'.repeat(200_000)}")}`)).toMatchObject({ message: 'The document is 200009 characters long. The limit of length is 131072.', code: 'OPERATION_TOO_LARGE' });
});
