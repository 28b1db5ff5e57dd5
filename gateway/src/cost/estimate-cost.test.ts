import { compose, formulaOf, workflows } from './fixture/compose.ts';

const schema = compose(workflows);
const estimate = (text: string, variables: Record<string, unknown> = {}) => formulaOf(schema, text).estimate(variables);
const cost = (text: string, variables: Record<string, unknown> = {}) => estimate(text, variables).cost;

test.each<[string, string, number]>([
  ['an object costs 1, its scalars nothing', '{ workflow(id: "a") { id name tags } }', 1],
  ['a connection costs 1 and each of its nodes 1', '{ workflows(first: 10) { nodes { id } } }', 11],
  ['an edge costs as much as its node', '{ workflows(first: 10) { edges { node { id } } } }', 21],
  ['a connection without first has as many as are assumed', '{ workflows { nodes { id } } }', 26],
  ['last counts as first does, and the larger of both', '{ workflows(first: 2, last: 7) { nodes { id } } }', 8],
  ['totalCount costs what it is said to', '{ workflows(first: 10) { totalCount } }', 6],
  ['nested lists multiply', '{ workflows(first: 10) { nodes { runs(first: 5) { totalCount nodes { steps(first: 3) { nodes { name } } } } } } }',
    1 + 10 * (1 + 1 + 5 + 5 * (1 + 1 + 3))],
  ['a list of which nothing is said has one', '{ workflow(id: "a") { runs(first: 1) { nodes { steps(first: 1) { nodes { related { name } } } } } } }', 1 + 1 + 1 + 1 + 1 + 1],
  ['an interface is as dear as the dearest of its types', '{ nodes(ids: ["a"]) { ... on Workflow { runs(first: 50) { nodes { id } } } ... on Run { id } } }', 100 * 52],
  ['and by its weight', '{ nodes(ids: ["a"]) { id } }', 100 * 30],
  ['a union too, by its weight', '{ search(text: "x") { ... on Workflow { id } } }', 3 + 10 * 30],
  ['fragments on interfaces hold for all their types', '{ search(text: "x") { ... on Node { ... on Report { pages(first: 2) { text } } } } }', 3 + 10 * (30 + 2)],
  ['an enum and a scalar may cost', '{ workflow(id: "a") { speed } }', 1 + 2],
  ['a mutation costs what is said of it, in place of its payload', 'mutation { createWorkflow(input: { name: "x" }) { workflow { id } userErrors { message } } }', 10 + 1 + 1 + 1],
  ['inputs cost 1 an object, and what their scalars do', 'mutation { createWorkflow(input: { name: "x", labels: [{ key: "a" }, { key: "b" }], secret: "s" }) { workflow { id } } }', 10 + 1 + 1 + 2 + 4],
  ['filters cost by their conditions', '{ workflows(first: 1, where: { AND: [{ name: { eq: "a" } }, { name: { in: ["b", "c"] } }] }) { nodes { id } } }', 1 + 1 + 5],
  ['an argument of nested fields costs for each call', '{ search(text: "x") { ... on Workflow { id } } again: search(text: "y") { ... on Workflow { id } } }', 2 * 303],
  ['a slicing argument may have a default', '{ top { id } three: top(count: 3) { id } none: top(count: null) { id } }', 7 + 3 + 50],
  ['reading the schema has a price', '{ __schema { types { name } } __typename }', 100],
])('%s', (_, text, expected) => {
  expect(cost(text)).toBe(expected);
});

test.each<[string, string, number]>([
  ['the same field twice', '{ workflows(first: 10) { nodes { id } } workflows(first: 10) { nodes { name } totalCount } }', 16],
  ['by fragments', '{ workflow(id: "a") { ...A ...B ...A } } fragment A on Workflow { runs(first: 2) { nodes { id } } } fragment B on Node { ... on Workflow { runs(first: 2) { totalCount } } }', 1 + 1 + 2 + 5],
])('what is merged is counted once: %s', (_, text, expected) => {
  expect(cost(text)).toBe(expected);
});

test('under another name it is asked for again', () => {
  expect(cost('{ a: workflows(first: 10) { nodes { id } } b: workflows(first: 10) { nodes { id } } }')).toBe(22);
});

const paged = 'query ($n: Int) { workflows(first: $n) { nodes { id } } }';
test.each<[string, string, Record<string, unknown>, number]>([
  ['a number', paged, { n: 40 }, 41],
  ['none', paged, {}, 26],
  ['null', paged, { n: null }, 26],
  ['zero', paged, { n: 0 }, 1],
  ['less than zero', paged, { n: -100 }, 26],
  ['a fraction', paged, { n: 2.5 }, 26],
  ['not a number', paged, { n: NaN }, 26],
  ['a text', paged, { n: '3' }, 26],
  ['a list for a number', paged, { n: {} }, 26],
  ['more than anybody has', paged, { n: 2_147_483_647 }, 2_147_483_648],
  ['its default', 'query ($n: Int = 3) { workflows(first: $n) { nodes { id } } }', {}, 4],
  ['null in place of its default', 'query ($n: Int = 3) { workflows(first: $n) { nodes { id } } }', { n: null }, 26],
  ['one that is nonsense beside one that is not', 'query ($n: Int, $m: Int) { workflows(first: $n, last: $m) { nodes { id } } }', { n: 2, m: -1 }, 26],
  ['one that is nonsense beside a larger one', 'query ($n: Int, $m: Int) { workflows(first: $n, last: $m) { nodes { id } } }', { n: 90, m: -1 }, 91],
  ['a name that objects have of themselves', 'query ($constructor: Int, $__proto__: Int) { workflows(first: $constructor, last: $__proto__) { nodes { id } } }', {}, 26],
  ['what its argument has for a default', 'query ($n: Int) { top(count: $n) { id } }', {}, 7],
  ['null in place of its argument\'s default', 'query ($n: Int) { top(count: $n) { id } }', { n: null }, 50],
  ['an input', 'mutation ($i: CreateWorkflowInput!) { createWorkflow(input: $i) { workflow { id } } }', { i: { name: 'x', labels: [{ key: 'a' }, null, { key: 'b' }], secret: 's', unknown: [{}] } }, 11 + 1 + 2 + 4],
  ['a part of an input', 'mutation ($l: [LabelInput!]) { createWorkflow(input: { name: "x", labels: $l }) { workflow { id } } }', { l: [{ key: 'a' }] }, 11 + 1 + 1],
])('a variable may be %s', (_, text, variables, expected) => {
  expect(cost(text, variables)).toBe(expected);
});

const conditional = 'query ($a: Boolean = true, $b: Boolean!) { workflow(id: "a") { runs(first: 1) @include(if: $a) @skip(if: $b) { nodes { id } } ...F @include(if: $b) } } fragment F on Workflow { runs(first: 1) { totalCount } }';
test.each<[Record<string, unknown>, number]>([
  [{ b: false }, 1 + 1 + 1],
  [{ a: false, b: false }, 1],
  [{ a: true, b: true }, 1 + 1 + 5],
  [{ a: null, b: 'no' }, 1 + 1 + 1 + 5],
])('by @skip and @include of %j', (variables, expected) => {
  expect(cost(conditional, variables)).toBe(expected);
});

test('what is never asked for costs nothing', () => {
  expect(cost('{ workflow(id: "a") { runs @skip(if: true) { nodes { id } } ... @include(if: false) { runs { totalCount } } runs @include(if: true) @skip(if: false) { totalCount } } }')).toBe(1 + 1 + 5);
});

test('numbers without end are more than any limit, and none of them makes another less', () => {
  const deep = `query ($n: Int) { none: workflow(id: "b") { id } workflow(id: "a") ${'{ runs(first: $n) { nodes { workflow '.repeat(60)}{ id }${' } } }'.repeat(60)} }`;
  expect(cost(deep, { n: 2_000_000_000 })).toBe(Infinity);
  expect(cost(deep, { n: 0 })).toBe(3);
});

test('the dearest path ends where half of the dearest root field comes from', () => {
  const text = 'query ($n: Int) { list: workflows(first: $n) { totalCount nodes { runs(first: 5) { nodes { id } } } } search(text: "x") { ... on Report { pages(first: 3) { text } } } }';
  expect(estimate(text, { n: 1_000 }).dearest).toEqual({ path: 'list.nodes.runs.nodes', cost: 5_000 });
  expect(estimate(text, { n: 1 }).dearest).toEqual({ path: 'search', cost: 333 });
  expect(estimate('{ __typename }').dearest).toEqual({ path: '', cost: 0 });
});

test('fragments that lead to the same are compiled once, however often they are spread', () => {
  const fragments = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Workflow { a: runs(first: 1) { nodes { workflow { ...F${i + 1} } } } b: runs(first: 1) { nodes { workflow { ...F${i + 1} } } } }`).join(' ');
  expect(cost(`{ workflow(id: "a") { ...F0 } } ${fragments} fragment F40 on Workflow { id }`)).toBe(6 * 2 ** 40 - 5);
});
