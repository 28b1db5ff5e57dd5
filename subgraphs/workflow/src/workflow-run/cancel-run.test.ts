import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { startRuntime, type Runtime } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => (runtime = await startRuntime()));
afterAll(() => runtime.close());

afterEach(async () => {
  for (const { id } of await runtime.prisma.workflowRun.findMany({ where: { completedAt: null } })) await runtime.must('cancelRun', { id });
});

const steps = ['going', 'claimed', 'ready', 'unpaid'].map((id) => `  - { id: ${id}, role: role_${id}, command: c }`).join('\n');

/** A run with attempts in every state before their end. */
async function aBusyRun() {
  const { id } = await runtime.start(steps);
  await runtime.answerBudgets(undefined, ['going', 'claimed']);
  const [going, claimed] = await runtime.claim();
  await runtime.begin(going);
  await runtime.answerBudgets(undefined, ['ready']);
  return { id, going: going?.id ?? '', claimed: claimed?.id ?? '' };
}

test('whatever is under way is called off, and what was reserved for it released', async () => {
  const { id } = await aBusyRun();
  await runtime.must('cancelRun', { id, reason: 'Wrong month' });
  expect(await runtime.run(id)).toMatchObject({ status: 'CANCELLED', failureSnapshot: { code: 'CANCELLED', message: 'Wrong month' }, waitingReason: null });
  expect(await runtime.attempts(id)).toEqual(['claimed 1 CANCELLED', 'going 1 CANCELLED', 'ready 1 CANCELLED', 'unpaid 1 CANCELLED']);
  const ended = (await runtime.told('workflow.attempt.ended')).filter(({ subject }) => subject === id);
  expect(ended.map(({ payload }) => [payload.stepId, payload.calls]).sort()).toEqual([['claimed', []], ['going', []], ['ready', []], ['unpaid', []]]);
  expect((await runtime.told('platform.event.occurred')).filter(({ subject }) => subject === id)).toEqual([]);
});

test('called off again it stays as it is; one that has ended otherwise cannot be', async () => {
  const { id } = await aBusyRun();
  const first = await runtime.must('cancelRun', { id, reason: 'First' }, 'run { updatedAt }');
  expect(await runtime.must('cancelRun', { id, reason: 'Second' }, 'run { updatedAt }')).toEqual(first);
  const done = await runtime.start('  - { id: only, role: clerk, command: c, condition: "false" }');
  expect((await runtime.mutate('cancelRun', { id: done.id })).userErrors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'id'], message: 'id: the run is COMPLETED and cannot be called off any more' }]);
});

test('a machine whose clock is behind calls off what another has just begun', async () => {
  const { id } = await aBusyRun();
  const { startedAt } = await runtime.run(id);
  runtime.later(-5_000);
  await runtime.must('cancelRun', { id });
  expect(await runtime.run(id)).toMatchObject({ status: 'CANCELLED', completedAt: startedAt });
  expect((await runtime.steps(id))['going 1']).toMatchObject({ status: 'CANCELLED', durationMs: 0 });
});

test('another organisation, and an id that leads nowhere, find no run', async () => {
  const { id } = await aBusyRun();
  const none = [{ code: 'NOT_FOUND', path: ['input', 'id'], message: 'id: leads to no WorkflowRun' }];
  expect((await runtime.mutate('cancelRun', { id }, '', anotherOrganisation)).userErrors).toEqual(none);
  expect((await runtime.mutate('cancelRun', { id: newId('WorkflowRun') })).userErrors).toEqual(none);
  expect(await runtime.run(id)).toMatchObject({ status: 'RUNNING' });
});

test('called off while its steps are claimed, reported and paid for, it ends with every attempt ended', async () => {
  for (let i = 0; i < 10; i++) {
    const { id, going, claimed } = await aBusyRun();
    await Promise.all([
      runtime.claim(), runtime.must('cancelRun', { id }), runtime.mutate('reportStepStarted', { stepResultId: claimed, callbackKey: `${id} s` }),
      runtime.mutate('reportStepCompleted', { stepResultId: going, callbackKey: `${id} c`, output: {} }), runtime.answerBudgets(), runtime.claim(),
    ]);
    expect(await runtime.run(id)).toMatchObject({ status: 'CANCELLED' });
    expect((await runtime.attempts(id)).filter((each) => !/CANCELLED|COMPLETED/.test(each))).toEqual([]);
  }
});
