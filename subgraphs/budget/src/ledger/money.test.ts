import { centsOf, unitsOf } from './money.ts';

test.each([
  ['0', 0n, '0'], ['7.3333333333', 73_333_333_333n, '7.3333333333'], ['12', 120_000_000_000n, '12'], ['12.50', 125_000_000_000n, '12.5'],
  ['0.0000000001', 1n, '0.0000000001'], ['-0.5', -5_000_000_000n, '-0.5'], ['999999999999999999.9999999999', 9_999_999_999_999_999_999_999_999_999n, '999999999999999999.9999999999'],
])('%s cents are %s units, and back %s cents', (cents, units, back) => expect([unitsOf(cents), centsOf(units)]).toEqual([units, back]));

test.each(['', '1e-7', '.5', '1.', '0.12345678901', 'NaN', ' 1', '1,5'])('%j is no amount of money', (text) => expect(() => unitsOf(text)).toThrow('not an amount of money'));
