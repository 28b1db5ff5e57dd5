import { buildSchema } from 'graphql';
import { gapFinder } from './gaps.ts';

const schema = buildSchema(`
  interface Node { id: ID! }
  type Agent implements Node { id: ID! name: String! note: String events: [Int] }
  type Run implements Node { id: ID! note: String }
  type Query { agents: [Agent] runs: [Run] }
`);
const agent = { __typename: 'Agent', id: 'agt_1' };
const run = { __typename: 'Run', id: 'run_1' };
const entities = (fragments: string) => `query ($representations: [_Any!]!, $not: Boolean, $off: Boolean! = true) { _entities(representations: $representations) { ${fragments} } }`;

/** Where the answer says that something is missing. */
const gaps = (query: string, variables: Record<string, unknown> = {}) => gapFinder(schema)({ query, variables }).map((path) => path.join('.'));

test.each<[string, string, string[]]>([
  ['root fields, under their aliases', '{ all: agents { name } runs { id } }', ['all', 'runs']],
  ['not the root fields that are skipped', 'query ($yes: Boolean = true) { agents @skip(if: $yes) { name } runs @include(if: true) { id } }', ['runs']],
])('%s', (_, query, expected) => {
  expect(gaps(query)).toEqual(expected);
});

test.each<[string, object[], string, string[]]>([
  ['fields that may be null, each by itself', [agent, agent], '... on Agent { note last: events }', ['_entities.0.note', '_entities.0.last', '_entities.1.note', '_entities.1.last']],
  ['the entity as a whole where a field may not be null', [agent], '... on Agent { note name }', ['_entities.0']],
  ['the entity where only its existence was asked', [run], '... on Run { __typename id }', ['_entities.0']],
  ['not what the representation knows', [agent], '... on Agent { __typename id note }', ['_entities.0.note']],
  ['of each type its own fields', [run, agent], '... on Agent { events } ... on Run { note }', ['_entities.0.note', '_entities.1.events']],
  ['fields of a fragment on an interface', [run], '... on Node { ... on Run { note } ... on Agent { events } }', ['_entities.0.note']],
  ['not what is skipped', [agent], '... on Agent { note @include(if: $not) events @skip(if: $off) e: events }', ['_entities.0.e']],
  ['by the name it has for the client', [agent], '... on Agent { note__alias_0: note }', ['_entities.0.note']],
])('of entities: %s', (_, representations, fragments, expected) => {
  expect(gaps(entities(fragments), { representations, not: false })).toEqual(expected);
});
