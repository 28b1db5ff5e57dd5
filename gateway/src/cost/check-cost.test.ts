import { Refusal } from '../errors/refusal.ts';
import { checkCost } from './check-cost.ts';
import { compose, formulaOf, workflows } from './fixture/compose.ts';

const formula = formulaOf(compose(workflows), 'query ($n: Int) { workflows(first: $n) { nodes { runs(first: $n) { nodes { id } } } } }');
const refusalOf = (n: number, limit: number) => {
  try {
    checkCost(formula.estimate({ n }), limit);
  } catch (error) {
    return error instanceof Refusal ? error.errors : error;
  }
  return undefined;
};

test('an operation may cost as much as the limit', () => {
  expect(refusalOf(10, 121)).toBeUndefined();
});

test('one that may cost more is refused, with what is dearest in it', () => {
  expect(refusalOf(10, 120)).toEqual([{
    message: 'This may cost 121 points, and the limit is 120. Dearest is workflows.nodes.runs.nodes with 100: ask there for fewer by first, or for less of each.',
    extensions: { code: 'COST_LIMIT_EXCEEDED', estimate: 121, limit: 120, dearest: { path: 'workflows.nodes.runs.nodes', cost: 100 } },
  }]);
});

test('what is beyond counting can still be told', () => {
  expect(refusalOf(1e200, 1_000)).toMatchObject([{ extensions: { estimate: Number.MAX_SAFE_INTEGER, dearest: { cost: Number.MAX_SAFE_INTEGER } } }]);
});
