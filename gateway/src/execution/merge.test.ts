import { mergeInto } from './merge.ts';

test.each<[string, Record<string, unknown>, Record<string, unknown>, unknown]>([
  ['keys go together', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
  ['objects merge', { a: { x: 1 } }, { a: { y: 2 } }, { a: { x: 1, y: 2 } }],
  ['lists of the same length merge item by item', { a: [{ x: 1 }, null, [{ x: 3 }]] }, { a: [{ y: 1 }, { y: 2 }, [{ y: 3 }]] }, { a: [{ x: 1, y: 1 }, { y: 2 }, [{ x: 3, y: 3 }]] }],
  ['lists of another length replace', { a: [{ x: 1 }] }, { a: [{ y: 1 }, { y: 2 }] }, { a: [{ y: 1 }, { y: 2 }] }],
  ['null gives way', { a: null, b: { x: 1 } }, { a: { x: 1 }, b: null }, { a: { x: 1 }, b: { x: 1 } }],
  ['values that are nothing to JavaScript do not', { a: 1, b: true, c: 'x' }, { a: 0, b: false, c: '' }, { a: 0, b: false, c: '' }],
])('%s', (_, target, source, expected) => {
  mergeInto(target, source);
  expect(target).toEqual(expected);
});

test('one answer that is put in two places is one object there; what comes later is in both, and once', () => {
  const [first, second]: Record<string, unknown>[] = [{ id: 1 }, { id: 1, boss: { id: 2 } }];
  const answer = { boss: { name: 'Ada', tags: [{ a: 1 }] } };
  for (const target of [first, second]) mergeInto(target as Record<string, unknown>, answer);
  for (const target of [first, second]) mergeInto(target as Record<string, unknown>, { boss: { tags: [{ b: 2 }] } });
  expect([first, second]).toEqual([{ id: 1, boss: { name: 'Ada', tags: [{ a: 1, b: 2 }] } }, { id: 1, boss: { id: 2, name: 'Ada', tags: [{ a: 1, b: 2 }] } }]);
});
