import { anApproval, anAttempt, aRun, aStep, failed } from './plan-fixture.ts';
import { planRun } from './plan.ts';
import type { Attempt, Plan, PlanInput, PlannedHandoff } from './plan-types.ts';

const nothing: Plan = { begin: [], skip: [], fail: [], escalate: [], end: null, waitingReason: null };
const steps = [aStep('lead', { outputs: ['plan'] }), aStep('write', { dependsOn: ['lead', 'check'], condition: 'false', inputs: { style: '{{ args.style }}', handoff: 'mine' }, onFailure: 'retry_once' }), aStep('check', { dependsOn: ['write'], onFailure: 'skip' })];
const plan = (keys: Partial<PlanInput>) => planRun(aRun(steps, { runType: 'DELEGATED', args: { style: 'plain' }, ...keys }));
const handoff = (id: string, toStepId: string, payload: PlannedHandoff['payload'] = id): PlannedHandoff => ({ id, toStepId, payload });
const done = (stepId: string, handoffId: string | null = null, attempt = 1): Attempt => anAttempt(stepId, 'COMPLETED', { handoffId, attempt });
const begun = ({ begin }: Plan) => begin.map(({ stepId, attempt, handoffId }) => [stepId, attempt, handoffId]);

test('it begins with what depends on nothing', () => expect(begun(plan({}))).toEqual([['lead', 1, null]]));

test('it is done when nothing was handed on', () => expect(plan({ attempts: [done('lead')] })).toEqual({ ...nothing, end: { status: 'COMPLETED' } }));

test('it waits for runs that it started', () => expect(plan({ attempts: [done('lead')], openChildRuns: 1 })).toEqual({ ...nothing, waitingReason: 'waits for 1 child run' }));

test('what is handed to a step begins it with that, whatever it depends on and its condition', () => {
  const { begin, end } = plan({ attempts: [done('lead')], handoffs: [handoff('h1', 'write', { topic: 'rain' })] });
  expect(begin).toMatchObject([{ stepId: 'write', attempt: 1, handoffId: 'h1', inputs: { style: 'plain', handoff: { topic: 'rain' } }, heldFor: 'BUDGET' }]);
  expect(end).toBeNull();
});

test('a handoff is taken once', () => {
  expect(plan({ attempts: [done('lead'), anAttempt('write', 'RUNNING', { handoffId: 'h1' })], handoffs: [handoff('h1', 'write')] })).toEqual(nothing);
  expect(plan({ attempts: [done('lead'), done('write', 'h1')], handoffs: [handoff('h1', 'write')] }).end).toEqual({ status: 'COMPLETED' });
});

test('several go to different steps together, and to one step one after the other', () => {
  const handoffs = [handoff('h1', 'write'), handoff('h2', 'check'), handoff('h3', 'write')];
  expect(begun(plan({ attempts: [done('lead')], handoffs }))).toEqual([['write', 1, 'h1'], ['check', 1, 'h2']]);
  expect(begun(plan({ attempts: [done('lead'), done('write', 'h1'), done('check', 'h2')], handoffs }))).toEqual([['write', 2, 'h3']]);
});

test('what is dated before the work under way waits for it all the same', () => {
  const handoffs = [handoff('late', 'write'), handoff('h1', 'write')];
  expect(plan({ attempts: [done('lead'), anAttempt('write', 'RUNNING', { handoffId: 'h1' })], handoffs })).toEqual(nothing);
  expect(begun(plan({ attempts: [done('lead'), done('write', 'h1')], handoffs }))).toEqual([['write', 2, 'late']]);
});

test('a step can be handed back to the one that began', () => {
  expect(begun(plan({ attempts: [anAttempt('lead', 'RUNNING')], handoffs: [handoff('h1', 'lead')] }))).toEqual([]);
  expect(begun(plan({ attempts: [done('lead')], handoffs: [handoff('h1', 'lead')] }))).toEqual([['lead', 2, 'h1']]);
});

test('it sees whatever has been done, and the last of it', () => {
  const see = [aStep('lead', { outputs: ['plan'] }), aStep('write', { dependsOn: ['lead'], command: '{{ plan }}' })];
  const attempts = [anAttempt('lead', 'COMPLETED', { output: { plan: 'old' } }), anAttempt('lead', 'COMPLETED', { attempt: 2, handoffId: 'h1', output: { plan: 'new' } })];
  expect(planRun(aRun(see, { runType: 'DELEGATED', attempts, handoffs: [handoff('h1', 'lead'), handoff('h2', 'write')] })).begin[0]?.command).toBe('new');
});

test('a failure is retried for its own handoff, with the same payload', () => {
  const attempts = [done('lead'), done('write', 'h1'), { ...failed('write', 2), handoffId: 'h2' }];
  const handoffs = [handoff('h1', 'write'), handoff('h2', 'write', 'two'), handoff('h3', 'write')];
  expect(plan({ attempts, handoffs }).begin).toMatchObject([{ stepId: 'write', attempt: 3, handoffId: 'h2', inputs: { handoff: 'two' } }]);
  expect(plan({ attempts: [...attempts, { ...failed('write', 3), handoffId: 'h2' }], handoffs })).toMatchObject({ begin: [], end: { status: 'FAILED', stepId: 'write' } });
});

test('a failure that is passed over lets the next handoff be taken', () => {
  const attempts = [done('lead'), { ...failed('check'), handoffId: 'h1' }];
  expect(begun(plan({ attempts, handoffs: [handoff('h1', 'check'), handoff('h2', 'check')] }))).toEqual([['check', 2, 'h2']]);
  expect(plan({ attempts, handoffs: [handoff('h1', 'check')] }).end).toEqual({ status: 'COMPLETED' });
});

test('what cannot be begun fails with its handoff, and numbers are not used twice', () => {
  const odd = [aStep('lead'), aStep('write', { dependsOn: ['lead'], command: '{{ args.nothing }}', onFailure: 'skip' })];
  const handoffs = [handoff('h1', 'write'), handoff('h2', 'write')];
  const first = planRun(aRun(odd, { runType: 'DELEGATED', attempts: [done('lead')], handoffs }));
  expect(first).toMatchObject({ fail: [{ stepId: 'write', attempt: 1, handoffId: 'h1' }, { stepId: 'write', attempt: 2, handoffId: 'h2' }], end: { status: 'COMPLETED' } });
  const carriedOut = first.fail.map(({ stepId, attempt, handoffId, error }) => anAttempt(stepId, 'FAILED', { attempt, handoffId, error }));
  expect(planRun(aRun(odd, { runType: 'DELEGATED', attempts: [done('lead'), ...carriedOut], handoffs }))).toEqual({ ...nothing, end: { status: 'COMPLETED' } });
});

test('each handoff needs a consent of its own', () => {
  const asking = [aStep('lead'), aStep('write', { dependsOn: ['lead'], approval: true, onFailure: 'retry_once' })];
  const run = (attempts: Attempt[]) => planRun(aRun(asking, { runType: 'DELEGATED', attempts: [done('lead'), ...attempts], approvals: [anApproval('write.1', 'APPROVED', 'WORKFLOW')], handoffs: [handoff('h1', 'write'), handoff('h2', 'write')] }));
  expect(run([{ ...failed('write'), handoffId: 'h1' }]).begin).toMatchObject([{ handoffId: 'h1', heldFor: 'BUDGET' }]);
  expect(run([done('write', 'h1')]).begin).toMatchObject([{ handoffId: 'h2', heldFor: 'APPROVAL' }]);
});

test('a step that began the run is left out for its condition, and what is handed to it is taken', () => {
  const odd = [aStep('lead', { condition: 'args.go' }), aStep('other')];
  const first = planRun(aRun(odd, { runType: 'DELEGATED', args: { go: false }, handoffs: [handoff('h1', 'lead')] }));
  expect(first.skip).toMatchObject([{ stepId: 'lead', attempt: 1 }]);
  expect(begun(first)).toEqual([['lead', 2, 'h1'], ['other', 1, null]]);
});

test('something handed to nobody ends the run', () => {
  expect(plan({ attempts: [done('lead')], handoffs: [handoff('h1', 'nobody')] }).end).toEqual({
    status: 'FAILED', stepId: 'nobody', error: { code: 'UNKNOWN_STEP', message: 'Something was handed to nobody, which is not a step.', retryable: false },
  });
});

test('a run that is being called off plans nothing', () => {
  expect(plan({ attempts: [anAttempt('lead', 'CANCELLED')], handoffs: [handoff('h1', 'write')] })).toEqual(nothing);
});

test('handoffs are nothing to a prescriptive run', () => {
  expect(plan({ runType: 'PRESCRIPTIVE', attempts: [], handoffs: [handoff('h1', 'nobody')] })).toMatchObject({ begin: [{ stepId: 'lead' }], end: null });
});
