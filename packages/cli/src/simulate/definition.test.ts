import { argumentsIn } from './definition.ts';
import { shareOf } from './simulate.ts';

test('the arguments of a definition are those it names, once each', () => {
  expect(argumentsIn('command: Read {{args.page}} and {{ args.page }}\ncondition: args.count > 3 && has(args.note)\nother: my_args.x')).toEqual(['page', 'count', 'note']);
});

test.each([
  [['g1', 'g2', 'g3', 'g4'], 4, [['g1'], ['g2'], ['g3'], ['g4']]],
  [['g1', 'g2', 'g3', 'g4', 'g5'], 2, [['g1', 'g3', 'g5'], ['g2', 'g4']]],
  [['g1', 'g2'], 3, [['g1'], ['g2'], ['g1']]],
])('gateways %j are shared by %i runtimes', (gateways, runtimes, shares) => {
  expect(Array.from({ length: runtimes }, (_, i) => shareOf(gateways, i, runtimes))).toEqual(shares);
});
