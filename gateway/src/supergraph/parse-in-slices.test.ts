import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { parseInSlices } from './parse-in-slices.ts';

const whole = (sdl: string) => parse(sdl, { noLocation: true });
const long = (description: string) => Array.from({ length: 2_000 }, (_, i) => `${description}\ntype T${i} {\n  "A field."\n  field: Int\n}\n\n`).join('');

test.each([
  ['the supergraph of this project', readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8')],
  ['block strings with what looks like an end', long('"""\nLike this:\n}\ntype X {\n}\n\\"""\n"""')],
  ['comments with quotes', long('# """')],
  ['a text without lines', long('').replaceAll('\n', ' ')],
  ['short ones', 'type Query { a: Int }'],
])('%s are parsed to the same', async (_, sdl) => {
  expect(await parseInSlices(sdl)).toEqual(whole(sdl));
});

test('a syntax error is told as if it were parsed in one go', async () => {
  const sdl = `${long('"One."')}type {`;
  await expect(parseInSlices(sdl)).rejects.toThrow('Syntax Error: Expected Name, found "{".');
  await expect(parseInSlices('')).rejects.toThrow('Syntax Error: Unexpected <EOF>.');
});
