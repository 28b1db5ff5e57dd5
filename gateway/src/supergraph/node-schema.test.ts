import { head } from '../fixture/subgraph.ts';
import { printNodeSchema } from './node-schema.ts';

const source = (name: string, body: string) => ({ name, url: `http://${name}.test`, sdl: head + body });
const worker = 'type Worker implements Node @key(fields: "id") @typeId(prefix: "wrk") { id: ID! }';

test('every type with a node id gets a stub that knows its prefix', () => {
  expect(printNodeSchema([source('a', worker), source('b', 'type Team { id: ID! }')]))
    .toMatch(/type Worker implements Node @key\(fields: "id", resolvable: false\) @typeId\(prefix: "wrk"\) \{\n {2}id: ID!\n\}\n$/);
});

test.each([
  ['without a prefix', [source('a', 'type Team implements Node @key(fields: "id") { id: ID! }')], 'a: Team implements Node but does not say how its ids begin'],
  ['of two owners', [source('a', worker), source('b', worker)], 'Worker in a and Worker in b: only the subgraph that owns Worker'],
  ['with the prefix of another', [source('a', worker), source('b', worker.replace('Worker', 'Team'))], 'Worker in a and Team in b: both have the id prefix "wrk"'],
])('a type %s is refused', (_, subgraphs, message) => {
  expect(() => printNodeSchema(subgraphs)).toThrow(message);
});
