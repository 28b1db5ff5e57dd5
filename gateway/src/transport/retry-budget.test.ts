import { createRetryBudget } from './retry-budget.ts';

/** How many retries there are when each of so many fetches would like two. */
function retriesOf(fetches: number): number {
  const budget = createRetryBudget(0.2, 10);
  let retries = 0;
  for (let fetch = 0; fetch < fetches; fetch++) {
    budget.earn();
    for (let attempt = 0; attempt < 2; attempt++) {
      if (!budget.allows()) continue;
      budget.spend();
      retries += 1;
    }
  }
  return retries;
}

test.each([
  [1, 2],
  [5, 10],
  [1_000, 209],
  [100_000, 20_009],
])('of %i fetches that all fail %i attempts are retries', (fetches, retries) => {
  expect(Math.abs(retriesOf(fetches) - retries)).toBeLessThanOrEqual(1);
});

test('what several take at the same moment is paid back', () => {
  const budget = createRetryBudget(0.5, 1);
  budget.spend();
  budget.spend();
  for (let fetch = 0; fetch < 3; fetch++) budget.earn();
  expect(budget.allows()).toBe(false);
  budget.earn();
  expect(budget.allows()).toBe(true);
});
