import { head } from '../fixture/subgraph.ts';
import { composeSupergraph } from './compose.ts';

const source = (name: string, body: string) => ({ name, url: `http://${name}.test`, sdl: head + body });

test('the order of the subgraphs makes no difference', () => {
  const subgraphs = [source('a', 'type Query { a: Int }'), source('b', 'type Query { b: Int }')];
  expect(composeSupergraph(subgraphs)).toBe(composeSupergraph(subgraphs.toReversed()));
});

test.each<[string, string, string, RegExp]>([
  [
    'a field that two subgraphs own',
    'type Query { a: Worker } type Worker @key(fields: "id") { id: ID! name: String }',
    'type Query { b: Worker } type Worker @key(fields: "id") { id: ID! name: String }',
    /a, b: Worker\.name \(INVALID_FIELD_SHARING\)[\s\S]*What to do: Leave the field to one subgraph/,
  ],
  [
    'types that do not fit',
    'type Query { a: Page } type Page @shareable { size: Int }',
    'type Query { b: Page } type Page @shareable { size: String }',
    /a, b: Page\.size \(FIELD_TYPE_MISMATCH\)[\s\S]*What to do: Give the field the same type/,
  ],
  [
    'a field that cannot be reached',
    'type Query { a: Worker } type Worker @key(fields: "id", resolvable: false) { id: ID! }',
    'type Query { b: Int } type Worker @key(fields: "email") { email: String! name: String }',
    /a, b: Worker\.email \(SATISFIABILITY_ERROR\)[\s\S]*What to do: Let the subgraph that has the field resolve the type/,
  ],
  [
    'a type that one subgraph cannot do without',
    'type Query { a: Worker } type Worker { name: String }',
    'type Query { b: Worker }',
    /b: Worker \(INVALID_GRAPHQL\)[\s\S]*Unknown type Worker[\s\S]*What to do: Correct the schema of the subgraph/,
  ],
  ['a schema that cannot be read', 'type Query { a: }', 'type Query { b: Int }', /subgraph "a" cannot be read:\nSyntax Error[\s\S]*a: schema\.graphql:4/],
])('%s is explained', (_, a, b, message) => {
  expect(() => composeSupergraph([source('a', a), source('b', b)])).toThrow(message);
});
