import { applied, fits, left, postingOf, reachedThresholds, type Balance } from './ledger.rules.ts';

const balance = (figures: Partial<Balance> = {}): Balance => ({ amount: 100n, spent: 0n, reserved: 0n, overrun: 0n, hardLimit: true, ...figures });

test.each([
  // What is there, what comes, and what is entered of it: in spent or reserved, and past the limit.
  ['DEBIT', { spent: 40n }, 60n, [60n, 0n], { spent: 100n }],
  ['DEBIT', { spent: 40n }, 61n, [60n, 1n], { spent: 100n, overrun: 1n }],
  ['DEBIT', { spent: 40n, reserved: 30n }, 61n, [30n, 31n], { spent: 70n, reserved: 30n, overrun: 31n }],
  ['DEBIT', { spent: 90n, reserved: 10n, overrun: 5n }, 7n, [0n, 7n], { spent: 90n, reserved: 10n, overrun: 12n }],
  ['DEBIT', { spent: 40n, overrun: 5n }, 7n, [7n, 0n], { spent: 47n, overrun: 5n }],
  ['DEBIT', { spent: 90n, hardLimit: false }, 61n, [61n, 0n], { spent: 151n }],
  ['DEBIT', { spent: 120n, hardLimit: false }, 0n, [0n, 0n], { spent: 120n }],
  ['DEBIT', { amount: 0n }, 3n, [0n, 3n], { overrun: 3n }],
  ['CREDIT', { spent: 40n, overrun: 5n }, 40n, [40n, 0n], { overrun: 5n }],
  ['RESERVE', { spent: 40n, reserved: 10n }, 50n, [50n, 0n], { spent: 40n, reserved: 60n }],
  ['RELEASE', { spent: 40n, reserved: 10n }, 10n, [10n, 0n], { spent: 40n }],
  ['RESET', { spent: 40n, reserved: 10n, overrun: 7n }, 0n, [40n, 0n], { reserved: 10n }],
] as const)('%s on %j: %s is entered as %j, and comes to %j', (type, before, amount, [entered, overrun], after) => {
  const posting = postingOf(type, amount, balance(before));
  expect(posting).toEqual({ type, amount: entered, overrun });
  const { amount: limit, hardLimit } = balance(before);
  expect(applied(posting, balance(before))).toEqual(balance({ amount: limit, hardLimit, ...after }));
});

test.each([
  [{ spent: 40n, reserved: 10n }, 50n, true], [{ spent: 40n, reserved: 10n }, 51n, false], [{ spent: 40n, reserved: 10n, overrun: 5n }, 46n, false], [{ spent: 100n }, 0n, true],
  [{ spent: 100n, overrun: 1n }, 0n, false], [{ spent: 40n, reserved: 10n, hardLimit: false }, 1000n, true],
])('on %j %s more fit: %s', (figures, amount, outcome) => expect(fits(balance(figures), amount)).toBe(outcome));

test('what is left counts what was spent past the limit, and may be below nothing', () => {
  expect(left(balance({ spent: 40n, reserved: 30n, overrun: 20n }))).toBe(10n);
  expect(left(balance({ spent: 70n, reserved: 30n, overrun: 20n }))).toBe(-20n);
});

test.each([
  [{ spent: 49n }, []], [{ spent: 50n }, [50]], [{ spent: 50n, overrun: 50n }, [50, 80, 100]], [{ spent: 1000n, hardLimit: false }, [50, 80, 100]], [{ amount: 0n }, []], [{ amount: 0n, overrun: 1n }, [50, 80, 100]],
])('%j has reached the thresholds %j', (figures, reached) => expect(reachedThresholds([50, 80, 100], balance(figures))).toEqual(reached));
