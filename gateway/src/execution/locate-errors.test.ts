import { buildSchema, Kind, parse, type FieldNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { compileShape, type Forbidden } from './compile-shape.ts';
import { locateErrors } from './locate-errors.ts';

const schema = buildSchema(`
  interface Node { id: ID! }
  type Query { worker: Worker workers: [[Worker!]] node: Node }
  type Worker implements Node { id: ID! name: String boss: Worker }
  type Task implements Node { id: ID! title: String }
`);
const refused: Forbidden = { field: (type, field) => (type === 'Worker' && field === 'boss' ? 'No bosses.' : undefined), node: (type) => (type === 'Task' ? 'No tasks.' : undefined) };
const open: Forbidden = { field: () => undefined, node: () => undefined };
const innerKey = ({ alias, name }: FieldNode) => (alias ? `${alias.value}__as_0` : name.value);

function located(query: string, path: readonly (string | number)[] | undefined, gathered: Record<string, unknown> = {}, forbidden = open) {
  const document = parse(query);
  const [operation] = document.definitions as [OperationDefinitionNode];
  const fragments = new Map(document.definitions.filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
  const shape = compileShape({ schema, operation, fragments, innerKey, conditions: {}, forbidden });
  return locateErrors([{ message: 'no', ...(path && { path }) }], shape, gathered).map(({ path }) => path?.join('.'));
}

test.each<[string, string, readonly (string | number)[], Record<string, unknown>, string | undefined]>([
  ['has the keys of the client', '{ a: worker { b: name } }', ['a__as_0', 'b__as_0'], {}, 'a.b'],
  ['keeps indexes', '{ workers { name } }', ['workers', 0, 2, 'name'], { workers: [[{}, {}, {}]] }, 'workers.0.2.name'],
  ['ends where the client has not asked further', '{ worker { name } }', ['worker', 'boss', 'name'], {}, 'worker'],
  ['has no place when the client did not ask for any of it', '{ worker { name } }', ['secret'], {}, undefined],
  ['goes by the type that an object has', '{ node { ... on Worker { x: name } ... on Task { y: title } } }', ['node', 'y__as_0'], { node: { __typename: 'Worker' } }, 'node'],
  ['or may have, of one that has not come', '{ node { ... on Worker { x: name } ... on Task { y: title } } }', ['node', 'y__as_0'], { node: null }, 'node.y'],
])('the place of an error %s', (_, query, path, gathered, expected) => {
  expect(located(query, path, gathered)).toEqual([expected]);
});

test.each<[string, string, readonly (string | number)[], Record<string, unknown>]>([
  ['at', '{ worker { boss { name } } }', ['worker', 'boss'], {}],
  ['below', '{ worker { boss { name } } }', ['worker', 'boss', 'name'], {}],
  ['below an object of', '{ node { id } }', ['node', 'id'], { node: { __typename: 'Task' } }],
])('an error %s what is refused is not told: the refusal is', (_, query, path, gathered) => {
  expect(located(query, path, gathered, refused)).toEqual([]);
});

test('an error without a path stays without', () => {
  expect(located('{ worker { name } }', undefined)).toEqual([undefined]);
});
