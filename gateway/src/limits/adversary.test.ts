import { GraphQLError, parse } from 'graphql';
import { checkShape } from './check-shape.ts';
import { parseDocument } from './parse-document.ts';
import { defaultShapeLimits } from './shape-limits.ts';

const mebibyte = 1024 * 1024;
const maxTokens = 5_000;
const times = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i)).join(' ');

/** Milliseconds of processor time, the least of several runs: what it takes, not what the machine does meanwhile. */
function fastest(run: () => unknown): number {
  return Math.min(...Array.from({ length: 7 }, () => {
    const began = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(began);
    return (user + system) / 1_000;
  }));
}

function front(text: string): GraphQLError[] {
  try {
    return checkShape(parseDocument(text, { maxTokens }), defaultShapeLimits);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

// Each as large as a body may be.
test.each([
  ['comments', '#\n'.repeat(mebibyte / 2)],
  ['commas', ','.repeat(mebibyte)],
  ['fields', '{' + 'a '.repeat(mebibyte / 2)],
  ['brackets', '{a'.repeat(mebibyte / 2)],
  ['a name', `{${'a'.repeat(mebibyte)}}`],
  ['a string', `{a(b:"${'\\n'.repeat(mebibyte / 2)}")}`],
  ['a block string', `{a(b:"""${'\n'.repeat(mebibyte)}""")}`],
  ['a number', `{a(b:${'1'.repeat(mebibyte)})}`],
  ['halves of characters', '{a(b:"' + '\uD834'.repeat(mebibyte) + '")}'],
])('a mebibyte of %s is refused in ten milliseconds', (_, text) => {
  expect(front(text).length).toBeGreaterThan(0);
  expect(fastest(() => front(text))).toBeLessThan(10);
});

// Each as long as the limits of text and tokens let it be, so that everything in it is looked at.
test.each([
  ['the same field', `{${'a '.repeat(4_990)}}`],
  ['the same nested field', `{${'a{b{c}} '.repeat(700)}}`],
  ['as many names', `{${times(4_990, (i) => `f${i}`)}}`],
  ['aliases', `{${times(1_600, (i) => `f${i}:a`)}}`],
  ['directives', `{a ${'@a '.repeat(2_400)}}`],
  ['values in values', `{a(b:${'[{a:'.repeat(180)}1${'}]'.repeat(180)})}`],
  ['inline fragments', `{${'...{a '.repeat(190)}${'}'.repeat(190)}}`],
  ['fragments that double', `{...F0} ${times(190, (i) => `fragment F${i} on T{a{...F${i + 1}} b{...F${i + 1}}}`)}`],
  ['fragments that spread a wide one', `fragment W on T{${times(2_000, (i) => `f${i}`)}} ${times(190, (i) => `fragment F${i} on T{x y ...W}`)} {a}`],
  ['a wide fragment, often', `fragment W on T{${times(1_000, (i) => `f${i}`)}} {${'...W '.repeat(1_900)}}`],
  ['a ring of fragments', `{...F0} ${times(190, (i) => `fragment F${i} on T{a{...F${(i + 1) % 190}}}`)}`],
])('%s take no longer to check than a few times what they take to parse', (_, text) => {
  const document = parse(text);
  const parsing = fastest(() => parse(text));
  expect(fastest(() => checkShape(document, defaultShapeLimits))).toBeLessThan(Math.max(5 * parsing, 10));
  expect(fastest(() => front(text))).toBeLessThan(10);
});
