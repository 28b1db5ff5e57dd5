import type { QueryPlan } from '@apollo/query-planner';
import { createPlanCache } from './plan-cache.ts';
import { PlanningError } from './planning-error.ts';

/** A planner that finishes an operation when the test says so. */
function slowPlanner() {
  const asked: { operation: string; signal: AbortSignal | undefined; outcome: PromiseWithResolvers<QueryPlan> }[] = [];
  const plan = (operation: string, signal?: AbortSignal) => {
    const outcome = Promise.withResolvers<QueryPlan>();
    signal?.addEventListener('abort', () => outcome.reject(signal.reason));
    asked.push({ operation, signal, outcome });
    return outcome.promise;
  };
  return { asked, plan };
}

const instantly = { plan: async () => aPlan() };
const aPlan = (): QueryPlan => ({ kind: 'QueryPlan' });

test('what many ask for at the same time is planned once, and kept', async () => {
  const planner = slowPlanner();
  const cache = createPlanCache({ planner });
  const answers = Promise.all([cache.get('a', '{ a }'), cache.get('a', '{ a }'), cache.get('a', '{ a }')]);
  planner.asked[0]?.outcome.resolve(aPlan());
  const [one, two, three] = await answers;
  expect(new Set([one, two, three, await cache.get('a', '{ a }')]).size).toBe(1);
  expect(planner.asked).toHaveLength(1);
  expect(cache.counts).toEqual({ hits: 1, misses: 1, joined: 2 });
});

test('who leaves gets no plan, the others do', async () => {
  const planner = slowPlanner();
  const cache = createPlanCache({ planner });
  const leaving = new AbortController();
  const left = cache.get('a', '{ a }', leaving.signal);
  const stayed = cache.get('a', '{ a }');
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  planner.asked[0]?.outcome.resolve(aPlan());
  expect(await stayed).toEqual(aPlan());
});

test('when all have left it need not be planned, unless another comes', async () => {
  const planner = slowPlanner();
  const cache = createPlanCache({ planner });
  const leaving = new AbortController();
  const left = cache.get('a', '{ a }', leaving.signal);
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  expect(planner.asked[0]?.signal?.aborted).toBe(true);
  const late = cache.get('a', '{ a }');
  await new Promise(setImmediate);
  planner.asked.at(-1)?.outcome.resolve(aPlan());
  expect(await late).toEqual(aPlan());
});

test('what is finished after all have left is kept for the next', async () => {
  const { promise, resolve } = Promise.withResolvers<QueryPlan>();
  const cache = createPlanCache({ planner: { plan: () => promise } });
  const leaving = new AbortController();
  const left = cache.get('a', '{ a }', leaving.signal);
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  resolve(aPlan());
  await promise;
  await cache.get('a', '{ a }');
  expect(cache.counts).toEqual({ hits: 1, misses: 1, joined: 0 });
});

test.each([
  ['impossible', 1],
  ['too-slow', 1],
  ['busy', 2],
  ['closed', 2],
] as const)('an operation that was %s has the planner asked %d times for two requests', async (fault, times) => {
  let asked = 0;
  const plan = async () => {
    asked += 1;
    throw new PlanningError(fault, 'No.');
  };
  const cache = createPlanCache({ planner: { plan } });
  for (let i = 0; i < 2; i += 1) await expect(cache.get('a', '{ a }')).rejects.toMatchObject({ fault });
  expect(asked).toBe(times);
});

test('only so many plans are kept, those that were asked for last', async () => {
  const cache = createPlanCache({ planner: instantly, max: 2 });
  for (const key of ['a', 'b', 'a', 'c']) await cache.get(key, `{ ${key} }`);
  expect(cache.busiest(9).map(({ key }) => key)).toEqual(['a', 'c']);
});

test('plans that are too long together push out the oldest, one that is too long alone is not kept', async () => {
  const plan = async (operation: string): Promise<QueryPlan> => ({ kind: 'QueryPlan', node: { kind: 'Sequence', nodes: Array.from({ length: Number(operation) }, () => ({ kind: 'Sequence', nodes: [] })) } });
  const cache = createPlanCache({ planner: { plan }, maxCharacters: 1_000 });
  for (const length of ['10', '11', '100', '12']) await cache.get(length, length);
  expect(cache.busiest(9).map(({ key }) => key).toSorted()).toEqual(['11', '12']);
});

test('the busiest are those asked for most lately', async () => {
  let minutes = 0;
  const cache = createPlanCache({ planner: instantly, now: () => minutes * 60_000 });
  const ask = async (key: string, times: number) => { for (let i = 0; i < times; i += 1) await cache.get(key, `{ ${key} }`); };
  await ask('old', 10);
  minutes = 30;
  await ask('new', 2);
  await ask('rare', 1);
  expect(cache.busiest(2)).toEqual([{ key: 'new', operation: '{ new }', uses: 2 }, expect.objectContaining({ key: 'old', uses: 1.25 })]);
});

test('what is warmed keeps its uses and is no miss', async () => {
  const cache = createPlanCache({ planner: instantly, now: () => 0 });
  await cache.warm({ key: 'a', operation: '{ a }', uses: 41 });
  await cache.get('a', '{ a }');
  expect(cache.counts).toEqual({ hits: 1, misses: 0, joined: 0 });
  expect(cache.busiest(1)).toMatchObject([{ key: 'a', uses: 42 }]);
});
