import { startRuntime, type Runtime } from './fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => (runtime = await startRuntime()));
afterAll(() => runtime.close());

const step = (id: string, keys = '') => `  - { id: ${id}, role: role_${id}, command: "Do ${id}"${keys && `, ${keys}`} }`;
const steps = (...lines: string[]) => lines.join('\n');

test('halt: the run fails with all that was under way, and operators are told', async () => {
  const { id, workflowId } = await runtime.start(steps(step('bad'), step('going'), step('unclaimed'), step('asked', 'approval: true'), step('later', 'depends_on: [bad]')));
  await runtime.answerBudgets(undefined, ['bad', 'going']);
  await runtime.decide(id, true);
  const claimed = await runtime.claim();
  for (const each of claimed) await runtime.begin(each);
  await runtime.fail(claimed[0], { code: 'NO_SUCH_FILE', message: 'a.pdf is gone', retryable: false });
  const failure = { code: 'NO_SUCH_FILE', message: 'a.pdf is gone', retryable: false, stepId: 'bad' };
  expect(await runtime.run(id)).toMatchObject({ status: 'FAILED', failureSnapshot: failure, waitingReason: null, pendingApprovals: 0, completedAt: expect.any(String) });
  expect(await runtime.attempts(id)).toEqual(['asked 1 CANCELLED', 'bad 1 FAILED', 'going 1 CANCELLED', 'unclaimed 1 CANCELLED']);
  expect((await runtime.told('platform.event.occurred')).filter(({ subject }) => subject === id)).toMatchObject([
    { payload: { type: 'run.failed', severity: 'WARNING', displayLabel: 'a.pdf is gone', runId: id, payload: { ...failure, workflowId } } },
  ]);
  const ended = (await runtime.told('workflow.attempt.ended')).filter(({ subject }) => subject === id).map(({ payload }) => payload.stepId);
  expect(ended.toSorted()).toEqual(['asked', 'bad', 'going', 'unclaimed']);
});

test('halt closes what people are still asked, decided by nobody', async () => {
  const { id } = await runtime.start(steps(step('bad'), step('asked', 'approval: true, depends_on: [first]'), step('first')));
  const { bad, first } = await runtime.take();
  await runtime.complete(first);
  expect(await runtime.run(id)).toMatchObject({ status: 'PAUSED', pendingApprovals: 1 });
  await runtime.fail(bad);
  expect(await runtime.approvals(id)).toMatchObject([{ status: 'REJECTED', resolvedById: null, comment: 'The run is FAILED.' }]);
  expect(await runtime.run(id)).toMatchObject({ status: 'FAILED', pendingApprovals: 0 });
  expect((await runtime.told('workflow.attempt.ended')).filter(({ subject, payload }) => subject === id && payload.stepId === 'asked')).toEqual([]);
});

test('skip: what depends on the failed step is left out, however far behind, and the rest runs', async () => {
  const { id } = await runtime.start(steps(
    step('bad', 'on_failure: skip'), step('good'), step('behind', 'depends_on: [bad]'), step('joint', 'depends_on: [behind, good]'), step('last', 'depends_on: [good]')));
  const { bad, good } = await runtime.take();
  await runtime.fail(bad);
  await runtime.complete(good);
  expect(await runtime.work()).toEqual(['last']);
  expect(await runtime.attempts(id)).toEqual(['bad 1 FAILED', 'behind 1 SKIPPED', 'good 1 COMPLETED', 'joint 1 SKIPPED', 'last 1 COMPLETED']);
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED', failureSnapshot: null });
});

test('retry_once: the second try may succeed, and what comes next sees its output', async () => {
  const { id } = await runtime.start(steps(step('flaky', 'on_failure: retry_once, outputs: [x]'), `  - { id: next, role: n, command: "Use {{x}}", depends_on: [flaky] }`));
  const { flaky } = await runtime.take();
  await runtime.fail(flaky);
  const { flaky: again } = await runtime.take();
  expect(again).toMatchObject({ attempt: 2, command: 'Do flaky' });
  await runtime.complete(again, { x: 7 });
  expect(Object.values(await runtime.take())).toMatchObject([{ stepId: 'next', command: 'Use 7' }]);
  expect(await runtime.attempts(id)).toEqual(['flaky 1 FAILED', 'flaky 2 COMPLETED', 'next 1 RUNNING']);
});

test('retry_once: a second failure, or one that no retry would mend, fails the run', async () => {
  const definition = await runtime.publish(step('flaky', 'on_failure: retry_once'));
  const twice = await runtime.startOf(definition);
  await runtime.fail((await runtime.take())['flaky']);
  await runtime.fail((await runtime.take())['flaky'], { message: 'again' });
  expect(await runtime.run(twice)).toMatchObject({ status: 'FAILED', failureSnapshot: { message: 'again', stepId: 'flaky' } });
  const hopeless = await runtime.startOf(definition);
  await runtime.fail((await runtime.take())['flaky'], { retryable: false });
  expect(await runtime.attempts(hopeless)).toEqual(['flaky 1 FAILED']);
  expect(await runtime.run(hopeless)).toMatchObject({ status: 'FAILED' });
});

async function escalated() {
  const { id } = await runtime.start(step('hard', 'on_failure: retry_once_then_escalate'));
  for (const message of ['one', 'two']) await runtime.fail((await runtime.take())['hard'], { message });
  expect(await runtime.run(id)).toMatchObject({ status: 'PAUSED', pendingApprovals: 1, waitingReason: 'waits for a decision on step hard, which has failed' });
  expect(await runtime.approvals(id)).toMatchObject([{
    stepId: 'hard', source: 'ESCALATION', severity: 'ELEVATED', status: 'PENDING', summary: 'Step hard failed twice, last with TOOL_FAILED: two Try it once more?',
    stepResultId: (await runtime.steps(id))['hard 2'].id,
  }]);
  return id;
}

test('retry_once_then_escalate: a person who approves has it tried a third time, the last', async () => {
  const id = await escalated();
  await runtime.decide(id, true);
  expect(await runtime.run(id)).toMatchObject({ status: 'RUNNING', pendingApprovals: 0 });
  await runtime.complete((await runtime.take())['hard']);
  expect(await runtime.attempts(id)).toEqual(['hard 1 FAILED', 'hard 2 FAILED', 'hard 3 COMPLETED']);
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED' });
});

test('retry_once_then_escalate: a third failure fails the run, nobody is asked again', async () => {
  const id = await escalated();
  await runtime.decide(id, true);
  await runtime.fail((await runtime.take())['hard'], { message: 'three' });
  expect(await runtime.run(id)).toMatchObject({ status: 'FAILED', failureSnapshot: { message: 'three' } });
  expect(await runtime.approvals(id)).toHaveLength(1);
});

test('retry_once_then_escalate: a person who rejects fails the run with what the step failed of', async () => {
  const id = await escalated();
  await runtime.decide(id, false);
  expect(await runtime.run(id)).toMatchObject({ status: 'FAILED', failureSnapshot: { code: 'TOOL_FAILED', message: 'two', stepId: 'hard' } });
  expect(await runtime.attempts(id)).toEqual(['hard 1 FAILED', 'hard 2 FAILED']);
});

test('an escalation that somebody outside has asked for already is the one that is decided', async () => {
  const { id } = await runtime.start(step('hard', 'on_failure: retry_once_then_escalate'));
  const { hard } = await runtime.take();
  await runtime.must('requestApproval', { runId: id, stepId: 'hard', summary: 'Is it worth it?', source: 'ESCALATION' });
  await runtime.fail(hard);
  await runtime.answerBudgets();
  expect(await runtime.claim()).toEqual([]);
  await runtime.decide(id, true);
  await runtime.must('requestApproval', { runId: id, stepId: 'hard', summary: 'And now?', source: 'ESCALATION' });
  expect(await runtime.attempts(id)).toEqual(['hard 1 FAILED', 'hard 2 PENDING']);
  await runtime.decide(id, true);
  const { hard: second } = await runtime.take();
  await runtime.must('requestApproval', { runId: id, stepId: 'hard', summary: 'Once more?', source: 'ESCALATION' });
  await runtime.fail(second);
  expect((await runtime.approvals(id)).filter(({ status }) => status === 'PENDING')).toMatchObject([{ summary: 'Once more?', stepResultId: second?.id }]);
  expect(await runtime.run(id)).toMatchObject({ status: 'PAUSED', pendingApprovals: 1 });
});

test('a step whose inputs cannot be worked out fails as it begins', async () => {
  const { id } = await runtime.start(steps(step('give', 'outputs: [pages]'), `  - { id: take, role: t, command: "{{pages[9]}}", depends_on: [give], on_failure: skip }`, step('end', 'depends_on: [take]')));
  await runtime.complete((await runtime.take())['give'], { pages: [1] });
  expect(await runtime.attempts(id)).toEqual(['end 1 SKIPPED', 'give 1 COMPLETED', 'take 1 FAILED']);
  expect((await runtime.steps(id))['take 1'].error).toMatchObject({ code: 'INTERPOLATION_FAILED', retryable: false });
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED' });
});

test('a message that is cut within an emoji fails its run all the same', async () => {
  const { id } = await runtime.start(step('bad'));
  await runtime.fail((await runtime.take())['bad'], { message: `${'x'.repeat(499)}😀` });
  expect(await runtime.run(id)).toMatchObject({ status: 'FAILED' });
});
