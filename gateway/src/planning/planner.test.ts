import { pino } from 'pino';
import { startPlanner, type PlannerOptions } from './start-planner.ts';

const program = new URL('./fixture/moody-planner.ts', import.meta.url);
const start = async (options: Partial<PlannerOptions> = {}) => (await startPlanner('', { logger: pino({ level: 'silent' }), program, ...options })).planner;

test('a thread that dies over an operation is replaced, and who waits does not notice', async () => {
  const planner = await start();
  const answers = await Promise.allSettled(['die', 'one', 'die', 'two'].map((each) => planner.plan(each)));
  expect(answers).toEqual([
    { status: 'rejected', reason: expect.objectContaining({ fault: 'lost', message: 'This operation could not be planned.' }) },
    { status: 'fulfilled', value: { kind: 'QueryPlan', planned: 1 } },
    { status: 'rejected', reason: expect.objectContaining({ fault: 'lost' }) },
    { status: 'fulfilled', value: { kind: 'QueryPlan', planned: 1 } },
  ]);
  await planner.close();
});

test('a thread that hangs is replaced after the time limit', async () => {
  const planner = await start({ timeLimitMilliseconds: 500 });
  const answers = await Promise.allSettled(['hang', 'one'].map((each) => planner.plan(each)));
  expect(answers).toMatchObject([{ reason: { fault: 'too-slow' } }, { value: { planned: 1 } }]);
  await planner.close();
});

test('no more wait than may', async () => {
  const planner = await start({ maxWaiting: 2, timeLimitMilliseconds: 500 });
  const hanging = planner.plan('hang').catch((error: unknown) => error);
  while (planner.waiting > 0) await new Promise(setImmediate);
  const answers = await Promise.allSettled(['one', 'two', 'three'].map((each) => planner.plan(each)));
  expect(answers).toMatchObject([{ value: { planned: 1 } }, { value: { planned: 2 } }, { reason: { fault: 'busy', message: expect.stringContaining('Try again') } }]);
  await hanging;
  await planner.close();
});

test('who leaves makes room', async () => {
  const planner = await start({ maxWaiting: 1, timeLimitMilliseconds: 500 });
  const hanging = planner.plan('hang').catch((error: unknown) => error);
  while (planner.waiting > 0) await new Promise(setImmediate);
  const leaving = new AbortController();
  const left = planner.plan('one', leaving.signal);
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  expect(await planner.plan('two')).toMatchObject({ planned: 1 });
  await hanging;
  await planner.close();
});

test('closing rejects what is planned, what waits and what comes', async () => {
  const planner = await start();
  const answers = Promise.allSettled([planner.plan('hang'), planner.plan('one')]);
  await new Promise(setImmediate);
  await planner.close();
  expect(await answers).toMatchObject([{ reason: { fault: 'closed' } }, { reason: { fault: 'closed' } }]);
  await expect(planner.plan('two')).rejects.toMatchObject({ fault: 'closed' });
});

test('a planner that takes too long to start is an error', async () => {
  await expect(start({ startLimitMilliseconds: 1 })).rejects.toThrow('did not read the supergraph within 1 ms');
});
