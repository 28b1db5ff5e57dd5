import { compose, formulaOf, workflows } from './fixture/compose.ts';

const schema = compose(workflows);
const runs = (count: number) => ({ nodes: Array.from({ length: count }, (_, i) => ({ id: `run_${i}` })) });

test('lists cost as they are, not as they might have been', () => {
  const formula = formulaOf(schema, 'query ($n: Int) { list: workflows(first: $n) { total: totalCount items: nodes { id runs(first: 50) { nodes { id } } } } }');
  const data = { list: { total: 2, items: [{ id: 'wf_1', runs: runs(3) }, { id: 'wf_2', runs: runs(0) }] } };
  expect(formula.estimate({ n: 100 }).cost).toBe(1 + 5 + 100 * (1 + 1 + 50));
  expect(formula.actual(data, { n: 100 })).toBe(1 + 5 + (1 + 1 + 3) + (1 + 1));
});

test('a full answer costs what was estimated', () => {
  const formula = formulaOf(schema, 'query ($n: Int) { workflows(first: $n, where: { name: { eq: "a" } }) { nodes { runs(first: 2) { nodes { id } } } } }');
  const data = { workflows: { nodes: Array.from({ length: 4 }, () => ({ runs: runs(2) })) } };
  expect(formula.actual(data, { n: 4 })).toBe(formula.estimate({ n: 4 }).cost);
});

test.each<[string, string, Record<string, unknown> | null, number]>([
  ['nothing at all, which nobody knows the work for', '{ workflows(first: 9) { nodes { id } } }', null, 10],
  ['null in a list', '{ nodes(ids: ["a", "b"]) { ... on Workflow { id } } }', { nodes: [null, { id: 'wf_1' }] }, 30],
  ['null for what was called', '{ search(text: "x") { ... on Workflow { id } } }', { search: null }, 3],
  ['null for a mutation', 'mutation { createWorkflow(input: { name: "x" }) { workflow { id } } }', { createWorkflow: null }, 11],
  ['what was not asked for', '{ workflow(id: "a") { id } }', { workflow: { id: 'a', runs: runs(100) } }, 1],
  ['something of another shape', '{ workflows(first: 9) { nodes { id } } }', { workflows: 'x' }, 0],
])('an answer may be %s', (_, text, data, expected) => {
  expect(formulaOf(schema, text).actual(data, {})).toBe(expected);
});

const found = (fields: string) => formulaOf(schema, `{ search(text: "x") { ${fields} ... on Report { pages(first: 20) { text } } ... on Workflow { runs(first: 20) { nodes { id } } } } }`);
const workflow = { runs: runs(2) };
const report = { pages: [{ text: '' }] };

test('an object costs as the type that it says it is', () => {
  expect(found('type: __typename').actual({ search: [{ type: 'Report', ...report }, { type: 'Workflow', ...workflow }] }, {})).toBe(3 + 30 + 1 + 1 + 1 + 2);
});

test('an object that does not say costs as the type whose fields it has', () => {
  expect(found('').actual({ search: [report, workflow] }, {})).toBe(3 + 30 + 1 + 1 + 1 + 2);
});

test('fields left out by a variable are not in the answer', () => {
  const formula = formulaOf(schema, 'query ($full: Boolean!) { workflow(id: "a") { runs(first: 5) @include(if: $full) { nodes { id } } } }');
  expect(formula.actual({ workflow: {} }, { full: false })).toBe(1);
});
