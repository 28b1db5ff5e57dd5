import { aChain, anApproval, anAttempt, aRun, aStep, failed } from './plan-fixture.ts';
import { planRun } from './plan.ts';
import type { Attempt, Plan, PlannedApproval } from './plan-types.ts';

const nothing: Plan = { begin: [], skip: [], fail: [], escalate: [], end: null, waitingReason: null };
const begun = ({ begin }: Plan) => begin.map(({ stepId, attempt }) => `${stepId}.${attempt}`);

test('a step begins with all that its agent needs', () => {
  const step = aStep('pay', {
    role: 'clerk', command: 'Pay {{ args.amount }} to {{ payee.name }}', inputs: { whole: '{{ find }}', list: [{ deep: '{{ payee.name }}' }], plain: 1 }, outputs: ['receipt'], dependsOn: ['find'],
    timeoutSeconds: 30, reserveCents: '2.5', approval: true,
  });
  const found = anAttempt('find', 'COMPLETED', { output: { payee: { name: 'Ada' }, note: 'x' } });
  expect(planRun(aRun([aStep('find', { outputs: ['payee'] }), step], { args: { amount: 3 }, attempts: [found] }))).toEqual({
    ...nothing,
    begin: [{
      stepId: 'pay', attempt: 1, handoffId: null, role: 'clerk', command: 'Pay 3 to Ada', inputs: { whole: { payee: { name: 'Ada' }, note: 'x' }, list: [{ deep: 'Ada' }], plain: 1 },
      outputs: ['receipt'], timeoutSeconds: 30, reserveCents: '2.5', heldFor: 'APPROVAL',
    }],
  });
});

const diamond = [aStep('a'), aStep('b', { dependsOn: ['a'] }), aStep('c', { dependsOn: ['a'] }), aStep('d', { dependsOn: ['b', 'c'] })];
test.each<[string, Attempt[], string[]]>([
  ['first begins what depends on nothing', [], ['a.1']],
  ['begins nothing while that is under way', [anAttempt('a', 'RUNNING')], []],
  ['begins a whole layer together', [anAttempt('a', 'COMPLETED')], ['b.1', 'c.1']],
  ['waits for the whole layer', [anAttempt('a', 'COMPLETED'), anAttempt('b', 'COMPLETED'), anAttempt('c', 'DISPATCHED')], []],
  ['goes on behind it', [anAttempt('a', 'COMPLETED'), anAttempt('b', 'SKIPPED'), anAttempt('c', 'COMPLETED')], ['d.1']],
])('a diamond %s', (_, attempts, expected) => expect(begun(planRun(aRun(diamond, { attempts })))).toEqual(expected));

test.each(['PENDING', 'HELD', 'DISPATCHED', 'RUNNING'] as const)('a step that is %s is not begun again', (status) => {
  expect(planRun(aRun([aStep('a')], { attempts: [anAttempt('a', status)] }))).toEqual(nothing);
});

test('a run whose steps are all done is done, again and again', () => {
  const run = aRun(diamond, { attempts: [anAttempt('a', 'COMPLETED'), anAttempt('b', 'SKIPPED'), anAttempt('c', 'COMPLETED'), anAttempt('d', 'COMPLETED')] });
  expect(planRun(run)).toEqual({ ...nothing, end: { status: 'COMPLETED' } });
  expect(planRun(run)).toEqual({ ...nothing, end: { status: 'COMPLETED' } });
});

test.each([[1, 'waits for 1 child run'], [2, 'waits for 2 child runs']])('a run that is done waits for %i others that it started', (openChildRuns, waitingReason) => {
  expect(planRun(aRun([aStep('a')], { attempts: [anAttempt('a', 'COMPLETED')], openChildRuns }))).toEqual({ ...nothing, waitingReason });
  expect(planRun(aRun([aStep('a')], { attempts: [anAttempt('a', 'RUNNING')], openChildRuns })).waitingReason).toBeNull();
});

test('a run that is being called off plans nothing', () => {
  expect(planRun(aRun(diamond, { attempts: [anAttempt('a', 'COMPLETED'), anAttempt('b', 'CANCELLED')] }))).toEqual(nothing);
});

test('numbers go on behind those that a rewind has cleared', () => {
  expect(begun(planRun(aRun(diamond, { attempts: [anAttempt('a', 'COMPLETED', { attempt: 2 })], clearedAttempts: { a: 1, b: 3 } })))).toEqual(['b.4', 'c.1']);
});

const rejected = { code: 'REJECTED', message: 'No.', retryable: false };
const broken = { code: 'BROKEN', message: 'It broke.', retryable: true };
const lost = { code: 'TIMED_OUT', message: 'No result came in time.', retryable: true };
const timedOut = (attempt: number) => anAttempt('a', 'TIMED_OUT', { attempt });
const final = { ...broken, retryable: false };
const halt = (error: object) => ({ end: { status: 'FAILED', stepId: 'a', error } });
const leftOut = { skip: [{ stepId: 'b', attempt: 1, handoffId: null, reason: 'step a, which it depends on, failed or was left out' }], end: { status: 'COMPLETED' } };
const again = (attempt: number) => ({ begin: [expect.objectContaining({ stepId: 'a', attempt })] });
const ask = (attempt: number, summary: string) => ({ escalate: [{ stepId: 'a', attempt, stepResultId: `a.${attempt}`, summary }], waitingReason: 'waits for a decision on step a, which has failed' });
const asked = { waitingReason: 'waits for a decision on step a, which has failed' };

test.each<[Parameters<typeof aChain>[0], string, Attempt[], PlannedApproval[], object]>([
  ['halt', 'a failure', [failed('a')], [], halt(broken)],
  ['halt', 'a time-out', [timedOut(1)], [], halt(lost)],
  ['halt', 'a refusal', [failed('a', 1, rejected)], [], halt(rejected)],
  ['skip', 'a failure', [failed('a')], [], leftOut],
  ['skip', 'a time-out', [timedOut(1)], [], leftOut],
  ['skip', 'a refusal', [failed('a', 1, rejected)], [], leftOut],
  ['retry_once', 'a failure', [failed('a')], [], again(2)],
  ['retry_once', 'a time-out', [timedOut(1)], [], again(2)],
  ['retry_once', 'a failure for good', [failed('a', 1, { retryable: false })], [], halt(final)],
  ['retry_once', 'a refusal', [failed('a', 1, rejected)], [], halt(rejected)],
  ['retry_once', 'a refusal that could be retried', [failed('a', 1, { ...rejected, retryable: true })], [], halt({ ...rejected, retryable: true })],
  ['retry_once', 'a second failure', [failed('a'), failed('a', 2)], [], halt(broken)],
  ['retry_once', 'a time-out after a failure', [failed('a'), timedOut(2)], [], halt(lost)],
  ['retry_once_then_escalate', 'a failure', [failed('a')], [], again(2)],
  ['retry_once_then_escalate', 'a time-out', [timedOut(1)], [], again(2)],
  ['retry_once_then_escalate', 'a refusal', [failed('a', 1, rejected)], [], halt(rejected)],
  ['retry_once_then_escalate', 'a failure for good', [failed('a', 1, { retryable: false })], [], ask(1, 'Step a failed once, last with BROKEN: It broke. Try it once more?')],
  ['retry_once_then_escalate', 'a second failure', [failed('a'), failed('a', 2)], [], ask(2, 'Step a failed twice, last with BROKEN: It broke. Try it once more?')],
  ['retry_once_then_escalate', 'a second time-out', [timedOut(1), timedOut(2)], [], ask(2, 'Step a failed twice, last with TIMED_OUT: No result came in time. Try it once more?')],
  ['retry_once_then_escalate', 'a person who has yet to decide', [failed('a'), failed('a', 2)], [anApproval('a.2', 'PENDING')], asked],
  ['retry_once_then_escalate', 'a person who says yes', [failed('a'), failed('a', 2)], [anApproval('a.2', 'APPROVED')], again(3)],
  ['retry_once_then_escalate', 'a person who says no', [failed('a'), failed('a', 2)], [anApproval('a.2', 'REJECTED')], halt(broken)],
  ['retry_once_then_escalate', 'a failure after a person said yes', [failed('a'), failed('a', 2), failed('a', 3)], [anApproval('a.2', 'APPROVED')], halt(broken)],
  ['retry_once_then_escalate', 'an answer about something else', [failed('a'), failed('a', 2)], [anApproval('a.2', 'APPROVED', 'POLICY'), anApproval('a.2', 'APPROVED', 'WORKFLOW')], ask(2, 'Step a failed twice, last with BROKEN: It broke. Try it once more?')],
])('%s after %s', (onFailure, _, attempts, approvals, expected) => {
  expect(planRun(aRun(aChain(onFailure, 'a', 'b'), { attempts, approvals }))).toEqual({ ...nothing, ...expected });
});

test('an attempt that failed without saying why ends the run with a reason', () => {
  expect(planRun(aRun([aStep('a')], { attempts: [anAttempt('a', 'FAILED')] })).end).toMatchObject({ error: { code: 'FAILED', message: 'The attempt failed without saying why.' } });
});

test('a run that halts begins nothing, and leaves nothing out', () => {
  const steps = [aStep('a'), aStep('b', { onFailure: 'skip' }), aStep('c', { dependsOn: ['b'] }), aStep('d')];
  const { end, ...rest } = planRun(aRun(steps, { attempts: [failed('a'), failed('b')] }));
  expect(end).toMatchObject({ status: 'FAILED', stepId: 'a' });
  expect(rest).toEqual({ begin: [], skip: [], fail: [], escalate: [], waitingReason: null });
});

test('while a person decides about one step, the others go on', () => {
  const steps = [aStep('a', { onFailure: 'retry_once_then_escalate' }), aStep('b'), aStep('c', { dependsOn: ['b'] })];
  const plan = planRun(aRun(steps, { attempts: [failed('a'), failed('a', 2), anAttempt('b', 'COMPLETED')], approvals: [anApproval('a.2', 'PENDING')] }));
  expect(begun(plan)).toEqual(['c.1']);
  expect(plan.waitingReason).toBeNull();
});

describe('a step that is left out', () => {
  const after = aStep('after', { dependsOn: ['maybe'] });
  const maybe = aStep('maybe', { dependsOn: ['a'], condition: 'a.rating > 3', outputs: ['note'] });
  const rated = (rating: number) => anAttempt('a', 'COMPLETED', { output: { rating } });

  test('for its condition lets what is behind it go on at once', () => {
    const plan = planRun(aRun([aStep('a'), maybe, after], { attempts: [rated(3)] }));
    expect(plan.skip).toEqual([{ stepId: 'maybe', attempt: 1, handoffId: null, reason: 'its condition a.rating > 3 is false' }]);
    expect(begun(plan)).toEqual(['after.1']);
  });

  test.each([[4, true], [3.5, true], [3, false]])('is not when its condition holds: a rating of %d', (rating, isBegun) => {
    expect(begun(planRun(aRun([aStep('a'), maybe], { attempts: [rated(rating)] })))).toEqual(isBegun ? ['maybe.1'] : []);
  });

  test('for its condition lets all behind it go on, though it is all they depend on', () => {
    const both = [maybe, aStep('other', { dependsOn: ['a'], condition: 'false' }), aStep('behind', { dependsOn: ['maybe', 'other'] })];
    expect(begun(planRun(aRun([aStep('a'), ...both], { attempts: [rated(1)] })))).toEqual(['behind.1']);
  });

  test('can be asked for by those behind it', () => {
    const asking = { ...after, inputs: { note: '{{ has(maybe.note) ? maybe.note : "none" }}', other: '{{ maybe.?note.orValue(1) }}' } };
    expect(planRun(aRun([aStep('a'), maybe, asking], { attempts: [rated(1)] })).begin[0]?.inputs).toEqual({ note: 'none', other: 1 });
  });

  test('for a failure takes everything behind it along, whatever else that depends on', () => {
    const steps = [aStep('a', { onFailure: 'skip' }), aStep('good'), aStep('b', { dependsOn: ['a', 'good'] }), aStep('c', { dependsOn: ['b'], condition: 'false' }), aStep('d', { dependsOn: ['good'] })];
    const attempts = [failed('a'), anAttempt('good', 'COMPLETED')];
    const plan = planRun(aRun(steps, { attempts }));
    expect(plan.skip.map(({ stepId, reason }) => [stepId, reason])).toEqual([['b', 'step a, which it depends on, failed or was left out'], ['c', 'step b, which it depends on, failed or was left out']]);
    expect(begun(plan)).toEqual(['d.1']);
    const carriedOut = [...attempts, anAttempt('b', 'SKIPPED'), anAttempt('c', 'SKIPPED'), anAttempt('d', 'COMPLETED')];
    expect(planRun(aRun(steps, { attempts: carriedOut }))).toEqual({ ...nothing, end: { status: 'COMPLETED' } });
  });

  test('for a failure does not wait for what else it depends on', () => {
    const steps = [aStep('a', { onFailure: 'skip' }), aStep('slow'), aStep('b', { dependsOn: ['a', 'slow'] })];
    expect(planRun(aRun(steps, { attempts: [failed('a'), anAttempt('slow', 'RUNNING')] })).skip).toHaveLength(1);
  });
});

test('a run is not done while something is under way, though nobody waits for it any more', () => {
  const steps = [aStep('a', { onFailure: 'skip' }), aStep('b', { dependsOn: ['a'] })];
  expect(planRun(aRun(steps, { attempts: [failed('a'), anAttempt('b', 'RUNNING')] }))).toEqual(nothing);
});

describe('a step whose expressions have no value', () => {
  const fault = (code: string, message: string) => ({ stepId: 'b', attempt: 1, handoffId: null, error: { code, message, retryable: false } });
  const plan = (keys: object) => planRun(aRun([aStep('a'), aStep('b', { dependsOn: ['a'], ...keys }), aStep('c', { dependsOn: ['b'] })], { attempts: [anAttempt('a', 'COMPLETED', { output: { n: 1 } })] }));

  test.each<[string, object, string, string]>([
    ['its condition asks for what is not there', { condition: 'a.rating > 3' }, 'CONDITION_FAILED', 'a.rating > 3: there is no rating'],
    ['its condition is no yes or no', { condition: 'a.n' }, 'CONDITION_FAILED', 'a.n: gives 1, which is neither true nor false'],
    ['its command asks for what is not there', { command: 'Do {{ a.rating }}' }, 'INTERPOLATION_FAILED', '{{ a.rating }}: there is no rating'],
    ['its inputs do', { inputs: { x: ['{{ a.rating }}'] } }, 'INTERPOLATION_FAILED', '{{ a.rating }}: there is no rating'],
  ])('fails when %s, and halts the run', (_, keys, code, message) => {
    const failure = fault(code, message);
    expect(plan(keys)).toEqual({ ...nothing, fail: [failure], end: { status: 'FAILED', stepId: 'b', error: failure.error } });
  });

  test('is passed over where failures are', () => {
    const { fail, skip, end } = plan({ condition: 'a.rating > 3', onFailure: 'skip' });
    expect([fail.map(({ stepId }) => stepId), skip.map(({ stepId }) => stepId), end]).toEqual([['b'], ['c'], { status: 'COMPLETED' }]);
  });

  test('is not tried again, since it would come to the same', () => {
    expect(plan({ condition: 'a.rating > 3', onFailure: 'retry_once' })).toMatchObject({ begin: [], end: { status: 'FAILED' } });
  });

  test('is put to a person where failures are', () => {
    expect(plan({ condition: 'a.rating > 3', onFailure: 'retry_once_then_escalate' })).toMatchObject({ end: null, escalate: [{ stepId: 'b', attempt: 1, stepResultId: null }] });
  });
});

describe('consent', () => {
  const steps = [aStep('a', { approval: true, onFailure: 'retry_once' })];
  const heldFor = (approvals: PlannedApproval[], attempts: Attempt[] = []) => planRun(aRun(steps, { attempts, approvals })).begin[0]?.heldFor;

  test('is asked for first', () => expect(heldFor([])).toBe('APPROVAL'));
  test('once given holds for the next try', () => expect(heldFor([anApproval('a.1', 'APPROVED', 'WORKFLOW')], [failed('a')])).toBe('BUDGET'));
  test('to the step as such holds for all its tries', () => expect(heldFor([{ ...anApproval('a.1', 'APPROVED', 'WORKFLOW'), stepResultId: null }])).toBe('BUDGET'));
  test('of another kind does not count', () => expect(heldFor([anApproval('a.1', 'APPROVED', 'POLICY')], [failed('a')])).toBe('APPROVAL'));
  test('to what a rewind has cleared does not count', () => expect(heldFor([anApproval('a.1', 'APPROVED', 'WORKFLOW')])).toBe('APPROVAL'));
});

test('a step sees those before it, the later of two that wrote one name, and none beside it', () => {
  const steps = [
    aStep('first', { outputs: ['text'] }), aStep('second', { outputs: ['text'], dependsOn: ['first'] }), aStep('beside', { outputs: ['text'] }),
    aStep('last', { dependsOn: ['second'], command: '{{ text }}, {{ first.text }}' }),
  ];
  const gave = (stepId: string) => anAttempt(stepId, 'COMPLETED', { output: { text: `of ${stepId}` } });
  for (const attempts of [['first', 'second', 'beside'], ['beside', 'first', 'second']]) {
    expect(planRun(aRun(steps, { attempts: attempts.map(gave) })).begin[0]?.command).toBe('of second, of first');
  }
});
