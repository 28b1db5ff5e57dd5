import { getIntrospectionQuery, parse } from 'graphql';
import { checkShape } from './check-shape.ts';
import { defaultShapeLimits, type ShapeLimits } from './shape-limits.ts';

const faults = (text: string, limits: Partial<ShapeLimits> = {}) => checkShape(parse(text), { ...defaultShapeLimits, ...limits }).map(({ message }) => message);

const chain = `query Runs($first: Int!) { workflowRuns(where: { status: { eq: COMPLETED } }, first: $first) {
  nodes { workflow { name } stepResults(first: 5) { nodes { agent { ...Agent } tokenEvents(first: 3) { nodes { costCents model: modelId } } } } } } }
  fragment Agent on Agent { id name @include(if: true) }`;

test.each([
  ['the core chain', chain],
  ['what explorers ask of the schema', getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true, directiveIsRepeatable: true, schemaDescription: true })],
  ['a page of thirty widgets', `query Page { ${Array.from({ length: 30 }, (_, i) => `w${i}: workflows(first: 10) { nodes { id name updated: updatedAt ...Owner } totalCount }`).join(' ')} }
    fragment Owner on Workflow { id owner { id name } }`],
  ['forty of a type by their ids', `{ nodes(ids: []) { __typename ${Array.from({ length: 40 }, (_, i) => `... on T${i} { id name createdAt }`).join(' ')} } }`],
])('%s passes', (_, text) => {
  expect(faults(text)).toEqual([]);
});

test.each<[string, string, Partial<ShapeLimits>, string]>([
  ['depth', 'query Deep { a { b { c { d } } } }', { depth: 3 }, 'The query Deep nests fields 4 deep. The limit of depth is 3.'],
  ['depth by way of fragments', '{ a { ...B } } fragment B on T { b { ... { ...C } } } fragment C on T { c { d } }', { depth: 3 }, 'The query nests fields 4 deep. The limit of depth is 3.'],
  ['aliases', '{ a: x b: x c: x }', { aliases: 2 }, 'The query has 3 aliases. The limit of aliases is 2.'],
  ['aliases by way of fragments', '{ x { ...F } y { ...F } } fragment F on T { a: x b: x }', { aliases: 3 }, 'The query has 4 aliases. The limit of aliases is 3.'],
  ['root fields', 'mutation { a b ...F ... { c } } fragment F on Mutation { d e }', { rootFields: 4 }, 'The mutation asks for 5 root fields. The limit of rootFields is 4.'],
  ['directives of an operation', 'query @a { x @b { ...F @c } y { ...F } } fragment F on T { z @d }', { directives: 4 }, 'The query has 5 directives. The limit of directives is 4.'],
  ['directives in total', 'query A { x @a @b } query B { x @a @b }', { directives: 3 }, 'The document has 4 directives. The limit of directives is 3.'],
  ['fragment spreads', '{ a { ...F } b { ...F } } fragment F on T { ...G ...G } fragment G on T { x }', { fragmentSpreads: 5 }, 'The query spreads fragments 6 times. The limit of fragmentSpreads is 5.'],
  ['fields', '{ a { ...F } b { ...F } } fragment F on T { x y z }', { fields: 10 }, 'The document has 11 fields when every fragment is written out. The limit of fields is 10.'],
  ['fields asked for again', '{ a { b } a { b } a { b } c }', { repeats: 3 }, 'The query asks for 4 fields that it asks for already in the same place. The limit of repeats is 3.'],
  ['selections', '{ ... { ... { ... { a } } } }', { nesting: 3 }, 'The query has selections 4 or more deep in one another. The limit of nesting is 3.'],
  ['definitions', 'query A { a } query B { b } query C { c }', { definitions: 2 }, 'The document has 3 operations and fragments. The limit of definitions is 2.'],
  ['operations', 'query A { a } query B { b } query C { c }', { operations: 2 }, 'The document has 3 operations. The limit of operations is 2.'],
  ['variables', 'query A($a: Int, $b: Int) { a }', { variables: 1 }, 'The query A has 2 variables. The limit of variables is 1.'],
  ['lists', '{ a(in: [1, 2, 3]) }', { listLength: 2 }, 'The query has a list of 3 values; long lists belong in variables. The limit of listLength is 2.'],
  ['objects', 'query ($a: A = { a: 1, b: 2, c: 3 }) { a }', { objectFields: 2 }, 'The query has an object of 3 fields. The limit of objectFields is 2.'],
  ['values in values', '{ a @b(c: [{ d: [{ e: 1 }] }]) }', { inputDepth: 3 }, 'The query nests values 4 deep. The limit of inputDepth is 3.'],
  ['lists of lists', 'query ($a: [[[[Int!]!]!]!]!) { a }', { inputDepth: 3 }, 'The query nests values 4 deep. The limit of inputDepth is 3.'],
  ['the introspection of types of types', '{ __type(name: "A") { f: fields { type { possibleTypes { ...T } } } } } fragment T on __Type { interfaces { inputFields { name } } }',
    {}, 'The query goes through 4 lists of the schema\'s types in one another. The limit of introspectionDepth is 3.'],
  ['lists of the schema', '{ a: __schema { types { ...T } } b: __schema { types { ...T } } types { fields } } fragment T on __Type { fields { args { name } } ... { enumValues { name } } }',
    { introspectionBreadth: 7 }, 'The query asks for 8 lists of the schema. The limit of introspectionBreadth is 7.'],
])('too many or too deep %s are named, with the limit and what was found', (_, text, limits, message) => {
  expect(faults(text, limits)).toEqual([message]);
});

const long = 'n'.repeat(21);
test.each([
  `{ ${long} }`, `{ ${long}: a }`, `{ a(${long}: 1) }`, `{ a(b: ${long}) }`, `{ a(b: [{ ${long}: 1 }]) }`, `{ a(b: [$${long}]) }`, `{ a @${long} }`, `{ a @b(${long}: 1) }`, `query ${long} { a }`,
  `query ($${long}: Int) { a }`, `query ($a: ${long}) { a }`, `{ ... on ${long} { a } }`, `fragment ${long} on A { a }`, `fragment A on ${long} { a }`,
])('a long name is found in %s', (text) => {
  expect(faults(text, { nameLength: 20 })).toEqual([expect.stringContaining('has a name of 21 characters. The limit of nameLength is 20.')]);
});

test('every limit that is passed is told at once, for programs too', () => {
  const errors = checkShape(parse('{ a: x { b: x { c } } }'), { ...defaultShapeLimits, depth: 2, aliases: 1 });
  expect(errors.map(({ extensions }) => extensions)).toEqual([
    { code: 'OPERATION_TOO_LARGE', limit: 'depth', max: 2, found: 3 },
    { code: 'OPERATION_TOO_LARGE', limit: 'aliases', max: 1, found: 2 },
  ]);
});

test('fields called as those of the introspection are fields', () => {
  expect(faults('{ fields { fields { fields { interfaces { fields } } } } }')).toEqual([]);
});

test.each([
  ['{ ...A } fragment A on T { x ...A }', 'The fragment A spreads itself: it would never end.'],
  ['{ ...A } fragment A on T { ...B } fragment B on T { y { ... { ...C } } } fragment C on T { ...B }', 'The fragment B spreads itself, by way of C: it would never end.'],
])('%s is refused as endless', (text, message) => {
  expect(faults(text)).toEqual([message]);
});

test('what a fragment bomb would become is calculated, not tried', () => {
  const bomb = Array.from({ length: 150 }, (_, i) => `fragment F${i} on T { a: x { ...F${i + 1} } b: x { ...F${i + 1} } }`).join(' ');
  const errors = checkShape(parse(`{ ...F0 } ${bomb}`), defaultShapeLimits);
  expect(errors.map(({ extensions }) => [extensions['limit'], extensions['found']])).toEqual(expect.arrayContaining([['fields', Number.MAX_SAFE_INTEGER], ['depth', 150]]));
});
