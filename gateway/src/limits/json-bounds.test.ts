import { passedBound } from './json-bounds.ts';

const passed = (text: string) => passedBound(Buffer.from(text), { depth: 3, values: 5 });

test.each([
  ['{"a":[{"b":1}]}', undefined],
  ['{"a":[{"b":[]}]}', 'depth'],
  ['[[],[],[[]]]', undefined],
  ['[1,2,3,4,5]', undefined],
  ['[1,2,3,4,5,6]', 'values'],
  ['{"a":[1,2,3],"b":[4,5,6]}', 'values'],
  ['"[[[[[[,,,,,,"', undefined],
  ['"a\\"[[[[[[,,,,,,"', undefined],
  ['"a\\\\"[[[[', 'depth'],
  ['"𝄞é[[[[', undefined],
  ['', undefined],
  ['"\\', undefined],
])('%s passes: %s', (text, bound) => {
  expect(passed(text)).toBe(bound);
});
