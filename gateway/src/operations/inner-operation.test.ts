import { buildSchema, Kind, parse, print } from 'graphql';
import { innerKeys } from './inner-keys.ts';
import { innerOperation, innerVariables } from './inner-operation.ts';

const schema = buildSchema(`
  interface Node { id: ID }
  union Either = A | B
  type Query implements Node { id: ID worker: A node: Node either: Either }
  type A implements Node { id: ID name: String }
  type B implements Node { id: ID }
`);

function inner(text: string, settled: Record<string, boolean> = {}): string {
  const { definitions } = parse(text);
  const fragments = new Map(definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])));
  const options = { schema, fragments, innerKey: innerKeys(definitions), settled };
  return definitions.map((each) => print(innerOperation(each, options))).join(' ').replace(/\s+/g, ' ');
}

test.each<[string, string, string]>([
  ['leaves names as they are, also with arguments', '{ worker(id: 1) { name } }', '{ worker(id: 1) { name } }'],
  ['marks aliases, which could be names of other fields', '{ worker { id: name } }', '{ worker { id__as_0: name } }'],
  ['does not take a name for an alias that says it once more', '{ name: name }', '{ name: name }'],
  ['numbers what a key means', '{ id ... on A { x: name } ... on B { x: email } ... on C { x: name } }', '{ id ... on A { x__as_0: name } ... on B { x__as_1: email } ... on C { x__as_0: name } }'],
  ['numbers arguments', '{ id ... on A { tasks(first: 1) } ... on B { tasks(first: 2) } ... on C { tasks } }', '{ id ... on A { tasks__as_0: tasks(first: 1) } ... on B { tasks__as_1: tasks(first: 2) } ... on C { tasks } }'],
  ['whatever their order', '{ a: tasks(where: { x: 1, y: 2 }, first: $n) a: tasks(first: $n, where: { y: 2, x: 1 }) }', '{ a__as_0: tasks(where: {x: 1, y: 2}, first: $n) a__as_0: tasks(first: $n, where: {y: 2, x: 1}) }'],
  ['knows no alias that is marked already', '{ x__as_0: name x: email }', '{ x__as_0__as_0: name x__as_0: email }'],
  ['keeps names from JavaScript, and from what only looks like the name of a type', '{ __proto__: name __typename: title }', '{ __proto____as_0: name __typename__as_0: title }'],
  ['calls a variable otherwise that the planner has itself', 'query ($representations: ID) { x: worker(id: $representations) { id } }', 'query ($representations__as_0: ID) { x__as_0: worker(id: $representations__as_0) { id } }'],
  ['asks for the type where everything may be left out', '{ worker { ... on A @skip(if: $a) { id } name @include(if: $b) } }', '{ worker { __typename ... on A @skip(if: $a) { id } name @include(if: $b) } }'],
  ['asks for it where nothing need be of the type', '{ node { ... on A { id } } worker { ... on Node { ... on B { id } } } either { ... on Node { id } } }', '{ node { __typename ... on A { id } } worker { ... on Node { __typename ... on B { id } } } either { __typename ... on Node { id } } }'],
  ['but not where everything is', '{ worker { ... on Node { id } ...F } node { ... { id } } } fragment F on A { name }', '{ worker { ... on Node { id } ...F } node { ... { id } } } fragment F on A { name }'],
  ['settles what is not up to variables', '{ worker { id @skip(if: true) name @include(if: true) email @skip(if: false) } }', '{ worker { name email } }'],
])('%s', (_, text, expected) => {
  expect(inner(text)).toBe(expected);
});

test.each<[boolean, string]>([[true, '{ worker { name } }'], [false, '{ worker { id } }']])('settles a variable that is %p', (a, expected) => {
  expect(inner('{ worker { id @skip(if: $a) ... on A @include(if: $a) { name } } }', { a }).replace('... on A { name }', 'name')).toBe(expected);
});

test('values of variables follow their names', () => {
  const variables = { id: 1 };
  expect(innerVariables(variables)).toBe(variables);
  expect(innerVariables({ representations: 1 })).toMatchObject({ representations__as_0: 1 });
});
