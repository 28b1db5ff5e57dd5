import { windowAt, windowOffset } from './rate-window.ts';

test.each([[0, 0, 0, 60], [59_999, 0, 0, 0.001], [60_000, 0, 1, 60], [60_000, 15, 1, 45], [45_000, 15, 1, 60]])('at %d ms, %d s early, it is window %d with %d s to go', (milliseconds, offset, number, left) => {
  const window = windowAt(milliseconds, 60, offset);
  expect(window.number).toBe(number);
  expect(window.resetSeconds).toBeCloseTo(left);
});

test('keys begin their windows at different seconds, each always at the same', () => {
  const offsets = Array.from({ length: 200 }, (_, i) => windowOffset(`org/user/${i}`, 60));
  expect(new Set(offsets).size).toBeGreaterThan(40);
  expect(offsets).toEqual(offsets.map((_, i) => windowOffset(`org/user/${i}`, 60)));
});
