import { answerFaults, schemaFault } from './answer-schema.ts';

/** How long it takes, in milliseconds. */
function timed<T>(act: () => T): { result: T; took: number } {
  const start = performance.now();
  const result = act();
  return { result, took: performance.now() - start };
}

const form = {
  type: 'object', required: ['name', 'size'], additionalProperties: false,
  properties: { name: { type: 'string', minLength: 2, pattern: '^[A-Z]' }, size: { type: 'integer', maximum: 10 }, mail: { type: 'string', format: 'email' }, 'a/b~c': { type: 'array', items: { enum: [1, 2] } } },
};

test('an answer that fits has no faults; of one that does not every fault is named with its place', () => {
  expect(schemaFault(form)).toBeUndefined();
  expect(answerFaults(form, { name: 'Ann', size: 3, mail: 'a@b.example', 'a/b~c': [1, 2] })).toEqual([]);
  expect(answerFaults(form, { name: 'x', mail: 'no', 'a/b~c': [1, 3], more: 1 })).toEqual(expect.arrayContaining([
    { path: [], message: 'must have required property \'size\'' }, { path: [], message: 'must NOT have additional properties' }, { path: ['name'], message: 'must NOT have fewer than 2 characters' },
    { path: ['name'], message: 'must match pattern "^[A-Z]"' }, { path: ['mail'], message: 'must match format "email"' }, { path: ['a/b~c', '1'], message: 'must be equal to one of the allowed values' },
  ]));
  expect(answerFaults({ type: 'string' }, 5)).toEqual([{ path: [], message: 'must be string' }]);
});

test('of very many faults the first hundred are told', () => {
  expect(answerFaults({ items: { type: 'string' } }, Array(5_000).fill(1))).toHaveLength(100);
});

test('what one schema names means nothing to another', () => {
  const named = (type: string) => ({ $id: 'https://a.example/schema', $defs: { x: { $id: 'x', type } }, $ref: 'x' });
  expect([schemaFault(named('string')), schemaFault(named('number')), answerFaults(named('string'), 'a'), answerFaults(named('number'), 1)]).toEqual([undefined, undefined, [], []]);
});

test.each<[string, object, string]>([
  ['is no JSON Schema', { type: 'text', minLength: -1 }, 'is not a JSON Schema: /type must be equal to one of the allowed values'],
  ['is of another dialect', { $schema: 'http://json-schema.org/draft-07/schema#' }, 'must be in the dialect https://json-schema.org/draft/2020-12/schema'],
  ['refers to a place in the net', { $ref: 'http://169.254.169.254/latest/meta-data' }, 'cannot be used: can\'t resolve reference http://169.254.169.254/latest/meta-data'],
  ['refers to a file', { $ref: 'file:///etc/passwd' }, 'cannot be used: can\'t resolve reference file:///etc/passwd'],
  ['refers to what it does not have', { $ref: '#/$defs/gone' }, 'cannot be used: can\'t resolve reference #/$defs/gone'],
  ['would answer later', { $async: true, type: 'string' }, 'must not use $async'],
  ['has a pattern that is none', { pattern: '(' }, 'cannot be used: Invalid regular expression'],
  ['is too large', { description: 'x'.repeat(50_001) }, 'is larger than 50000 bytes as JSON'],
  ['takes the place of the dialect', { $id: 'https://json-schema.org/draft/2020-12/schema' }, 'cannot be used: schema with key or id'],
])('a schema that %s is refused, and says why', (_, schema, message) => {
  expect(schemaFault(schema)).toContain(message);
});

test('a schema that names its dialect can be used', () => {
  expect(schemaFault({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'string' })).toBeUndefined();
});

/** Parts that each say the next twice: two to the thirtieth in all. */
const multiplying = { $ref: '#/$defs/d0', $defs: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`d${i}`, i === 30 ? { type: 'string' } : { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] }])) };
const nested = (depth: number, close: unknown) => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], close);

test.each<[string, object, unknown]>([
  ['a pattern that backtracks without end', { type: 'string', pattern: '^(a+)+$' }, `${'a'.repeat(60)}b`],
  ['a pattern for names that does', { patternProperties: { '^(a+)+$': true } }, { [`${'a'.repeat(60)}b`]: 1 }],
  ['parts that multiply', multiplying, 1],
  ['a comparison of each with each', { uniqueItems: true }, Array.from({ length: 30_000 }, (_, i) => ({ i }))],
  ['a circle', { $ref: '#' }, 1],
  ['an answer as deep as it is long', { items: { $ref: '#' } }, nested(5_000, 1)],
])('%s costs half a second at most, and says that it cannot be checked or whether it fits', (_, schema, response) => {
  const first = timed(() => schemaFault(schema));
  expect(first.took).toBeLessThan(2_000);
  const { result, took } = timed(() => answerFaults(schema, response));
  expect(took).toBeLessThan(2_000);
  for (const { message } of result) expect(message).toMatch(/^cannot be checked, since the question's responseSchema (takes too long to work out|refers to itself without end, or is nested too deep); put the question anew with another$/);
  // Nothing is broken by it.
  expect(answerFaults({ type: 'string' }, 'x')).toEqual([]);
});

test('a schema as deep as it is large is used, or refused in words', () => {
  const deep = Array.from({ length: 3_000 }).reduce<object>((inner) => ({ not: inner }), { type: 'string' });
  const { result, took } = timed(() => schemaFault(deep));
  expect(took).toBeLessThan(2_000);
  expect(result === undefined || /takes too long|without end|cannot be used/.test(result)).toBe(true);
});
