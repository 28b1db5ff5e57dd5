import { backoffMilliseconds } from './backoff.ts';

test.each([[1, 500], [2, 1_000], [3, 2_000], [5, 8_000], [6, 10_000], [2_000, 10_000]])('after death %i it waits %i ms', (times, milliseconds) => {
  expect(backoffMilliseconds(times)).toBe(milliseconds);
});
