import { buildSchema } from 'graphql';
import { readCostModel } from './cost-model.ts';
import { compose, formulaOf, workflows } from './fixture/compose.ts';

test('weights and sizes are found at every place that has them', () => {
  const model = readCostModel(compose(workflows));
  expect(['Mutation.createWorkflow', 'Query.search(text:)', 'Report', 'Secret', 'Speed', 'Workflow', 'Run.id'].map((at) => model.weight(at))).toEqual([10, 3, 30, 4, 2, undefined, undefined]);
  expect(model.listSize('Run.steps')).toEqual({ assumedSize: 25, slicingArguments: ['first'], sizedFields: ['nodes'], requireOneSlicingArgument: false });
  expect(model.listSize('Query.workflow')).toBeUndefined();
});

const renamed = (cost: string, listSize: string) => ({ a: `type Query { many: [Thing!] @${listSize}(assumedSize: 10) x: Int @${cost}(weight: 3) } type Thing { a(b: Int @${cost}(weight: 2)): Int }` });
test.each([
  ['imported by their own names', '"@cost", "@listSize"', renamed('cost', 'listSize')],
  ['imported by other names', '{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@length" }', renamed('price', 'length')],
  ['not imported', '"@key"', renamed('federation__cost', 'federation__listSize')],
  ['one imported, the other not', '{ name: "@cost", as: "@price" }', renamed('price', 'federation__listSize')],
])('the directives are found %s', (_, imports, subgraphs) => {
  expect(formulaOf(compose(subgraphs, imports), '{ x many { a(b: 1) } }').estimate({}).cost).toBe(3 + 10 * (1 + 2));
});

test('of two subgraphs that say different things the larger holds, as composition has it', () => {
  const size = (assumed: number) => `type Query { many: [Int] @shareable @cost(weight: ${assumed}) @listSize(assumedSize: ${assumed}) }`;
  expect(formulaOf(compose({ a: size(3), b: size(4) }), '{ many }').estimate({}).cost).toBe(16);
});

test('a supergraph in which nothing is said costs by its objects', () => {
  expect(formulaOf(compose({ a: 'type Query { a: [A] } type A { b: A }' }, '"@key"'), '{ a { b { __typename } } }').estimate({}).cost).toBe(2);
});

test('what is called alike and is of nobody knows where does not count', () => {
  const schema = buildSchema('directive @cost(weight: Int!) on FIELD_DEFINITION type Query { a: Int @cost(weight: 5) }');
  expect(readCostModel(schema).weight('Query.a')).toBeUndefined();
});
