import { table } from './table.ts';

test('columns are as wide as their widest, numbers stand at the right, and what the heading does not name is left out', () => {
  expect(table(['what', 'rows', 'note'], [['a', 1, 'short', 'unnamed'], ['longer', 12_345, '']])).toEqual([
    'what      rows  note',
    'a            1  short',
    'longer  12,345',
  ]);
  expect(table(['what', 'rows'], [])).toEqual(['what  rows']);
});
