import { startRuntime, type Runtime } from './fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => (runtime = await startRuntime()));
afterAll(() => runtime.close());

const asked = (keys = '') => `  - { id: pay, role: clerk, command: "Pay {{args.sum}}", approval: true${keys} }\n  - { id: end, role: clerk, command: c, depends_on: [pay] }`;
const args = { sum: 12 };

test('a step with approval waits for a person, then for its money, then for its gateway', async () => {
  const { id } = await runtime.start(asked(), { args });
  expect(await runtime.run(id)).toMatchObject({ status: 'PAUSED', pendingApprovals: 1, waitingReason: null });
  expect(await runtime.approvals(id)).toMatchObject([{ stepId: 'pay', source: 'WORKFLOW', severity: 'NORMAL', status: 'PENDING', summary: 'May clerk do this: Pay 12' }]);
  expect((await runtime.told('workflow.reservation.requested')).filter(({ subject }) => subject === id)).toEqual([]);
  expect(await runtime.take()).toEqual({});
  await runtime.decide(id, true);
  expect(await runtime.run(id)).toMatchObject({ status: 'RUNNING', pendingApprovals: 0, waitingReason: 'waits for the budgets to cover step pay' });
  expect((await runtime.steps(id))['pay 1']).toMatchObject({ status: 'HELD', heldFor: 'BUDGET' });
  await runtime.answerBudgets();
  expect((await runtime.steps(id))['pay 1']).toMatchObject({ status: 'PENDING', heldFor: null });
  expect(await runtime.work()).toEqual(['pay', 'end']);
});

test('a step whose approval is rejected has failed, and its on_failure says what follows', async () => {
  const halted = await runtime.start(asked(), { args });
  await runtime.decide(halted.id, false, { comment: 'Too much.' });
  expect(await runtime.run(halted.id)).toMatchObject({ status: 'FAILED', failureSnapshot: { code: 'REJECTED', message: 'Rejected: Too much.', stepId: 'pay' } });
  const skipped = await runtime.start(asked(', on_failure: skip'), { args });
  await runtime.decide(skipped.id, false);
  expect(await runtime.attempts(skipped.id)).toEqual(['end 1 SKIPPED', 'pay 1 FAILED']);
  expect((await runtime.steps(skipped.id))['pay 1'].error).toEqual({ code: 'REJECTED', message: 'Rejected: May clerk do this: Pay 12', retryable: false });
  expect(await runtime.run(skipped.id)).toMatchObject({ status: 'COMPLETED' });
});

test('what has been approved once is not asked again when it is retried', async () => {
  const { id } = await runtime.start(asked(', on_failure: retry_once'), { args });
  await runtime.decide(id, true);
  await runtime.fail((await runtime.take())['pay']);
  expect(await runtime.run(id)).toMatchObject({ status: 'RUNNING', pendingApprovals: 0 });
  expect(await runtime.work()).toEqual(['pay', 'end']);
});

test('what people were asked from outside before a step begins is what it waits for', async () => {
  const { id } = await runtime.start(`  - { id: first, role: clerk, command: c }\n  - { id: pay, role: clerk, command: c, approval: true, depends_on: [first] }`);
  const { first } = await runtime.take();
  await runtime.must('requestApproval', { runId: id, stepId: 'pay', summary: 'Ahead of time', source: 'WORKFLOW' });
  await runtime.complete(first);
  expect(await runtime.run(id)).toMatchObject({ status: 'PAUSED', pendingApprovals: 1 });
  expect(await runtime.approvals(id)).toMatchObject([{ summary: 'Ahead of time', stepResultId: (await runtime.steps(id))['pay 1'].id }]);
  await runtime.decide(id, true);
  expect(await runtime.work()).toEqual(['pay']);
});

const plain = (keys = '') => `  - { id: work, role: clerk, command: c${keys} }\n  - { id: end, role: clerk, command: c, depends_on: [work] }`;

test('what a budget does not cover has failed, and its on_failure says what follows', async () => {
  const halted = await runtime.start(plain());
  await runtime.answerBudgets('"Agents" has 2 of 100 cents left');
  expect(await runtime.run(halted.id)).toMatchObject({ status: 'FAILED', failureSnapshot: { code: 'BUDGET_EXCEEDED', message: '"Agents" has 2 of 100 cents left', retryable: false, stepId: 'work' } });
  const skipped = await runtime.start(plain(', on_failure: skip'));
  await runtime.answerBudgets('no');
  expect(await runtime.attempts(skipped.id)).toEqual(['end 1 SKIPPED', 'work 1 FAILED']);
  expect(await runtime.run(skipped.id)).toMatchObject({ status: 'COMPLETED', waitingReason: null });
  const asked = await runtime.start(plain(', on_failure: retry_once_then_escalate'));
  await runtime.answerBudgets('no');
  expect(await runtime.approvals(asked.id)).toMatchObject([{ source: 'ESCALATION', status: 'PENDING' }]);
  await runtime.decide(asked.id, true);
  expect(await runtime.work()).toEqual(['work', 'end']);
});

test('as long as the budgets do not answer the step waits, with a reason, and nobody can claim or begin it', async () => {
  const { id } = await runtime.start(plain());
  const { id: stepResultId } = (await runtime.steps(id))['work 1'];
  for (const task of ['begin-pending-runs', 'expire-leases', 'attend-approvals', 'stop-overdue-runs']) {
    runtime.later(24 * 3_600_000);
    await runtime.runTask(task);
  }
  expect(await runtime.claim()).toEqual([]);
  for (const report of ['reportStepStarted', 'reportStepCompleted', 'reportStepFailed']) {
    const input = { stepResultId, callbackKey: `early ${report}`, ...(report === 'reportStepFailed' && { error: { code: 'X', message: 'x' } }) };
    const { userErrors, accepted } = await runtime.mutate(report, input, 'accepted');
    expect([accepted, userErrors.map(({ code }: { code: string }) => code)]).toEqual([false, ['INVALID_TRANSITION']]);
  }
  expect(await runtime.run(id)).toMatchObject({ status: 'RUNNING', waitingReason: 'waits for the budgets to cover step work' });
  expect((await runtime.steps(id))['work 1']).toMatchObject({ status: 'HELD', heldFor: 'BUDGET' });
  expect(await runtime.work()).toEqual(['work', 'end']);
});

test('an answer of the budgets that comes when the run has ended, or again, changes nothing', async () => {
  const { id } = await runtime.start(plain());
  await runtime.must('cancelRun', { id });
  await runtime.answerBudgets();
  expect(await runtime.attempts(id)).toEqual(['work 1 CANCELLED']);
  const other = await runtime.start(plain());
  const stepResultId = (await runtime.steps(other.id))['work 1'].id;
  const answer = { id: 'once', subject: other.id, data: { stepResultId, runId: other.id, granted: true, reason: null } };
  await Promise.all(Array.from({ length: 8 }, () => runtime.tell('budget.reservation.answered', answer)));
  await runtime.tell('budget.reservation.answered', { ...answer, id: 'refused later', data: { ...answer.data, granted: false, reason: 'no' } });
  expect(await runtime.attempts(other.id)).toEqual(['work 1 PENDING']);
});

test('a reservation asks for what the step reserves, for all that its budgets may be of', async () => {
  const { id, workflowId } = await runtime.start('  - { id: work, role: clerk, command: c, reserve_cents: 0.25 }', { factoryId: 'fac_01h455vb4pex5vsknk084sn02q' });
  const { id: stepResultId, agentId } = (await runtime.steps(id))['work 1'];
  expect((await runtime.told('workflow.reservation.requested')).filter(({ subject }) => subject === id)).toEqual([{
    subject: id, payload: { stepResultId, runId: id, amountCents: expect.stringMatching(/^0\.250*$/), workflowId, factoryId: 'fac_01h455vb4pex5vsknk084sn02q', gatewayId: 'gw_01h455vb4pex5vsknk084sn02q', agentId },
  }]);
});
