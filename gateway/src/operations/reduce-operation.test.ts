import { buildSchema, parse, print, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { reduceOperation } from './reduce-operation.ts';

const schema = buildSchema('type Query { worker(id: ID): Worker tasks: [Task] } type Worker { id: ID! pay(year: Int): Int boss: Worker } type Task { id: ID! }');

function without(fields: readonly string[], query: string): string | undefined {
  const { definitions: [operation, ...fragments] } = parse(query) as unknown as { definitions: readonly [OperationDefinitionNode, ...FragmentDefinitionNode[]] };
  const reduced = reduceOperation(schema, operation, new Map(fragments.map((each) => [each.name.value, each])), (type, field) => fields.includes(`${type}.${field}`));
  return reduced && print(reduced).replace(/\s+/g, ' ');
}

test.each<[string, string[], string, string | undefined]>([
  ['leaves out a field', ['Worker.pay'], '{ worker { id pay } }', '{ worker { id } }'],
  ['under any alias, and in fragments', ['Worker.pay'], '{ worker { id p: pay ...F } } fragment F on Worker { boss { pay id } }', '{ worker { id ...F } } fragment F on Worker { boss { id } }'],
  ['keeps the existence of what has no field left', ['Worker.pay'], '{ worker { pay } }', '{ worker { __typename } }'],
  ['drops fragments and variables that nothing uses then', ['Query.worker'], 'query ($id: ID, $year: Int) { tasks { id } worker(id: $id) { ...F } } fragment F on Worker { pay(year: $year) }', '{ tasks { id } }'],
  ['is nothing when all is left out', ['Query.worker'], '{ __typename worker { id } }', undefined],
  ['is as it was when nothing is', [], 'query Q($id: ID) { worker(id: $id) { id } }', 'query Q($id: ID) { worker(id: $id) { id } }'],
])('%s', (_, fields, query, expected) => {
  expect(without(fields, query)).toBe(expected);
});
