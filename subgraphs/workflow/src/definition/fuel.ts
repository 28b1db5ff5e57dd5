import { ExpressionError } from './expression-error.ts';

/** How much work the expressions of one step may be together: enough to look each of 900 things up among 900 others. */
const limit = 1_000_000;

/** What evaluation lives on. Work is counted, not timed: the same expression over the same values always ends the same. */
export interface Fuel {
  /** @throws {ExpressionError} when there is no more. */
  readonly burn: (units: number) => void;
  /** How much there is to look through in a value. */
  readonly weigh: (value: unknown) => number;
}

// One error for all: it is thrown again for each element of a list that has yet to be passed over.
const spent = new ExpressionError('is too much work; look at less of the data');

export function fuel(): Fuel {
  let left = limit;
  const known = new WeakMap<object, number>();

  function weigh(value: unknown): number {
    if (typeof value === 'string') return 1 + value.length / 4;
    if (!Array.isArray(value) && !(value instanceof Map)) return 1;
    let weight = known.get(value);
    if (weight === undefined) {
      weight = 1;
      for (const [key, each] of value.entries() as Iterable<[unknown, unknown]>) weight += weigh(each) + (typeof key === 'string' ? key.length / 4 : 0);
      known.set(value, weight);
    }
    return weight;
  }

  return {
    weigh,
    burn: (units) => {
      left -= units;
      if (left < 0) throw spent;
    },
  };
}
