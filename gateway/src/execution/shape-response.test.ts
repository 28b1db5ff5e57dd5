import { buildSchema, Kind, parse, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { compileShape, type Forbidden } from './compile-shape.ts';
import { shapeResponse } from './shape-response.ts';

const schema = buildSchema(`
  interface Node { id: ID! }
  enum Mood { GOOD BAD }
  type Query { worker: Worker workers: [Worker!]! maybe: [Worker] node: Node count: Int! }
  type Worker implements Node { id: ID! name: String! mood: Mood boss: Worker tags: [String!] }
  type Task implements Node { id: ID! title: String }
`);
const open: Forbidden = { field: () => undefined, node: () => undefined };

function shaped(query: string, gathered: Record<string, unknown>, { conditions = {}, forbidden = open } = {}) {
  const document = parse(query);
  const [operation] = document.definitions as [OperationDefinitionNode];
  const fragments = new Map(document.definitions.filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
  return shapeResponse(gathered, compileShape({ schema, operation, fragments, innerKey: ({ alias, name }) => (alias ?? name).value, conditions, forbidden }));
}

const ada = { __typename: 'Worker', id: 'w1', name: 'Ada', mood: 'GOOD', boss: null, tags: ['a'] };

test.each<[string, string, Record<string, unknown>, unknown]>([
  ['keeps the order that was asked for, and nothing else', '{ worker { name id } }', { worker: ada }, { worker: { name: 'Ada', id: 'w1' } }],
  ['answers by aliases', '{ who: worker { called: name } }', { who: { called: 'Ada' } }, { who: { called: 'Ada' } }],
  ['merges what is selected twice', '{ worker { id } ... on Query { worker { name } } }', { worker: ada }, { worker: { id: 'w1', name: 'Ada' } }],
  ['follows fragments', '{ worker { ...W } } fragment W on Worker { name ...X } fragment X on Node { id }', { worker: ada }, { worker: { name: 'Ada', id: 'w1' } }],
  ['knows the name of every type', '{ __typename worker { t: __typename } }', { worker: ada }, { __typename: 'Query', worker: { t: 'Worker' } }],
  ['chooses by the type behind an interface', '{ node { id ... on Worker { name } ... on Task { title } } }', { node: ada }, { node: { id: 'w1', name: 'Ada' } }],
  ['has null for what is not there', '{ worker { mood boss { id } tags } maybe { id } }', { worker: {}, maybe: [null, ada] }, { worker: { mood: null, boss: null, tags: null }, maybe: [null, { id: 'w1' }] }],
  ['lets a missing non-null value take its parent', '{ worker { id boss { name } } }', { worker: { id: 'w1', boss: { id: 'w2' } } }, { worker: { id: 'w1', boss: null } }],
  ['and the list that must hold it, up to what may be null', '{ workers { name } }', { workers: [ada, {}] }, null],
  ['keeps keys that mean something to JavaScript', '{ __proto__: worker { constructor: id } }', JSON.parse('{ "__proto__": { "constructor": "w1" } }') as Record<string, unknown>, JSON.parse('{ "__proto__": { "constructor": "w1" } }')],
])('%s', (_, query, gathered, data) => {
  expect(shaped(query, gathered)).toEqual({ data, errors: [] });
});

test.each([[true, false, ['id']], [false, true, ['name']], [true, true, []], [false, false, ['id', 'name']]])('with $skip %p and $out %p it has %p', (skip, out, keys) => {
  const { data } = shaped('query ($skip: Boolean!, $out: Boolean!) { worker { id @skip(if: $out) name @skip(if: $skip) mood @include(if: false) } }', { worker: ada }, { conditions: { skip, out } });
  expect(Object.keys(data?.['worker'] as object)).toEqual(keys);
});

test('fragments are looked at once, however often they are spread', () => {
  const fragments = Array.from({ length: 25 }, (_, i) => `fragment F${i} on Worker { boss { ...F${i + 1} ...F${i + 1} } boss { ...F${i + 1} } }`).join(' ');
  expect(shaped(`{ worker { ...F0 } } ${fragments} fragment F25 on Worker { id }`, { worker: { boss: null } }).data).toEqual({ worker: { boss: null } });
});

const noMood: Forbidden = { field: (type, field) => (type === 'Worker' && field === 'mood' ? 'No moods.' : undefined), node: (type) => (type === 'Task' ? 'No tasks.' : undefined) };

test('what is forbidden is null, with an error at each place', () => {
  expect(shaped('{ maybe { id feels: mood } }', { maybe: [ada, ada] }, { forbidden: noMood })).toEqual({
    data: { maybe: [{ id: 'w1', feels: null }, { id: 'w1', feels: null }] },
    errors: [0, 1].map((i) => ({ message: 'No moods.', path: ['maybe', i, 'feels'], extensions: { code: 'FORBIDDEN' } })),
  });
});

test('a type that is forbidden is not reached by an interface either', () => {
  expect(shaped('{ node { id __typename } }', { node: { __typename: 'Task', id: 't1' } }, { forbidden: noMood })).toEqual({
    data: { node: null }, errors: [{ message: 'No tasks.', path: ['node'], extensions: { code: 'FORBIDDEN' } }],
  });
});

test.each<[string, Forbidden, unknown, number]>([
  ['is shown by its interface when all types may be', open, { node: { id: 'w1' } }, 0],
  ['is refused where one of them is', noMood, { node: null }, 1],
])('an object of which only the interface is known %s', (_, forbidden, data, refusals) => {
  for (const gathered of [{ id: 'w1' }, { __typename: 'Node', id: 'w1' }]) {
    const { data: shown, errors } = shaped('{ node { id ... on Worker { name } } }', { node: gathered }, { forbidden });
    expect(shown).toEqual(data);
    expect(errors).toHaveLength(refusals);
  }
  expect(shaped('{ node { __typename id } }', { node: { __typename: 'Node', id: 'w1' } }).data).toEqual({ node: null });
});

test.each([
  ['a value that an enum lacks', '{ worker { mood } }', { worker: { mood: 'UGLY' } }, ['worker', 'mood']],
  ['an object where a list belongs', '{ maybe { id } }', { maybe: {} }, ['maybe']],
  ['text where a number belongs', '{ count }', { count: '3' }, ['count']],
  ['an object of no type of the interface', '{ node { id } }', { node: { __typename: 'Query', id: '1' } }, ['node']],
])('%s is a fault of the subgraph, and not passed on', (_, query, gathered, path) => {
  const { errors } = shaped(query, gathered);
  expect(errors).toEqual([expect.objectContaining({ path, extensions: { code: 'INTERNAL_SERVER_ERROR' } })]);
});
