import { asJson } from './as-json.ts';

test.each<[unknown]>([
  [{ at: new Date(0), list: [undefined, () => 1, Number.NaN], nothing: undefined, nested: { toJSON: () => ({ at: new Date(1) }) } }],
  [[1, 'two', null, { three: [4] }]],
  [Object.assign(Object.create(null), { of: 'no prototype' })],
])('says what the other side of a wire would read: %j', (value) => {
  expect(asJson(value)).toEqual(JSON.parse(JSON.stringify(value)));
});

test('copies nothing that is JSON already', () => {
  const value = { list: [{ deep: null }] };
  expect(asJson(value)).toBe(value);
});
