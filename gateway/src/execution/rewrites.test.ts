import type { FetchDataRewrite } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { applyRewrites } from './rewrites.ts';
import { typeChecker } from './types.ts';

const isOfType = typeChecker(buildSchema('interface Node { id: ID } type A implements Node { id: ID } type B implements Node { id: ID } type Query { node: Node }'));
const rename = (path: string[], renameKeyTo = 'x'): FetchDataRewrite => ({ kind: 'KeyRenamer', path, renameKeyTo });

test.each<[string, FetchDataRewrite, unknown, unknown]>([
  ['renames a key', rename(['x__alias_0']), { x__alias_0: 1, y: 2 }, { x: 1, y: 2 }],
  ['also of a value that is nothing to JavaScript', rename(['x__alias_0']), { x__alias_0: 0 }, { x: 0 }],
  ['or null', rename(['x__alias_0']), { x__alias_0: null }, { x: null }],
  ['leaves alone what has it not', rename(['x__alias_0']), { x: 1 }, { x: 1 }],
  ['goes down into objects and lists', rename(['a', 'b', 'x__alias_0']), { a: [{ b: { x__alias_0: 1 } }, null, [{ b: [{ x__alias_0: 2 }] }]] }, { a: [{ b: { x: 1 } }, null, [{ b: [{ x: 2 }] }]] }],
  ['only into objects of a type', rename(['n', '... on A', 'x__alias_0']), { n: [{ __typename: 'A', x__alias_0: 1 }, { __typename: 'B', x__alias_0: 2 }] }, { n: [{ __typename: 'A', x: 1 }, { __typename: 'B', x__alias_0: 2 }] }],
  ['or of the types of an interface', rename(['n', '... on Node', 'x__alias_0']), { n: { __typename: 'B', x__alias_0: 2 } }, { n: { __typename: 'B', x: 2 } }],
  ['sets a value', { kind: 'ValueSetter', path: ['... on A', '__typename'], setValueTo: 'Node' }, { __typename: 'A', id: 1 }, { __typename: 'Node', id: 1 }],
])('%s', (_, rewrite, value, expected) => {
  applyRewrites([rewrite], value as Record<string, unknown>, isOfType);
  expect(value).toEqual(expected);
});
