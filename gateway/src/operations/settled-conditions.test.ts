import { buildASTSchema, parse, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { readRequiringFields, settledConditions } from './settled-conditions.ts';

const requiring = readRequiringFields(buildASTSchema(parse('directive @join__field(requires: String) on FIELD_DEFINITION type Query { a: Int @join__field b: Int @join__field(requires: "a") }'), { assumeValidSDL: true }));

function settled(text: string): string[] {
  const [operation, ...fragments] = parse(text).definitions as [OperationDefinitionNode, ...FragmentDefinitionNode[]];
  return [...settledConditions(requiring, operation, new Map(fragments.map((each) => [each.name.value, each])))].sort();
}

test.each<[string, string, string[]]>([
  ['what leaves out a field that requires others', '{ a @skip(if: $x) b @include(if: $y) }', ['y']],
  ['around it, too', '{ q @skip(if: $x) { ... @include(if: $y) { b } a @skip(if: $z) } }', ['x', 'y']],
  ['and in fragments, wherever they are spread', '{ ...F @skip(if: $x) q { ...F @skip(if: $y) } ...G @skip(if: $z) } fragment F on Query { b @include(if: $w) } fragment G on Query { a }', ['w', 'x', 'y']],
  ['of a mutation, all at its root', 'mutation { a @skip(if: $x) { q @skip(if: $n) } ...F @skip(if: $y) } fragment F on Query { a @include(if: $z) { q } }', ['x', 'y', 'z']],
  ['nothing else', '{ a @skip(if: $x) q @include(if: true) { b } }', []],
])('settled before planning is %s', (_, text, expected) => {
  expect(settled(text)).toEqual(expected);
});
