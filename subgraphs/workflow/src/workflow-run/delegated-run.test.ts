import { startRuntime, type Runtime } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => (runtime = await startRuntime()));
afterEach(async () => {
  for (const { id } of await runtime.prisma.workflowRun.findMany({ where: { completedAt: null } })) await runtime.must('cancelRun', { id });
});
afterAll(() => runtime.close());

const steps = `
  - { id: plan, role: planner, command: "Plan {{args.what}}" }
  - { id: write, role: writer, command: c, depends_on: [plan] }
  - { id: review, role: reviewer, command: c, depends_on: [write] }`;

const start = (more: object = {}) => runtime.start(steps, { args: { what: 'it' }, runType: 'DELEGATED', goal: 'A text', ...more });
const to = (toStepId: string, payload: unknown = {}) => ({ toStepId, payload });

/** Does the step of this id, which hands on. */
async function doStep(stepId: string, ...handoffs: object[]) {
  runtime.later(60_000);
  const { [stepId]: step } = await runtime.take();
  await runtime.complete(step, {}, { handoffs });
  if (!step) throw new Error('nothing is ready');
  return step;
}

test('handoffs decide which step comes next, however often, and the run ends when none is left', async () => {
  const { id } = await start();
  await doStep('plan', to('write', { chapter: 1 }));
  const write = await doStep('write', to('review'));
  expect(write.inputs).toEqual({ handoff: { chapter: 1 } });
  await doStep('review', to('write', { again: true }));
  expect((await doStep('write')).inputs).toEqual({ handoff: { again: true } });
  expect(await runtime.attempts(id)).toEqual(['plan 1 COMPLETED', 'review 1 COMPLETED', 'write 1 COMPLETED', 'write 2 COMPLETED']);
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED', goal: 'A text' });
  expect((await runtime.checkpoints(id)).map(({ completedStepIds }) => completedStepIds.join()).sort()).toEqual(['plan', 'plan,write', 'plan,write,review', 'plan,write,review,write']);
});

test('what is handed to one step twice is done one after the other, in its order', async () => {
  const { id } = await start();
  await doStep('plan', to('write', 1), to('write', 2), to('review', 3));
  expect((await runtime.attempts(id)).filter((each) => each.includes('HELD'))).toEqual(['review 1 HELD', 'write 1 HELD']);
  expect((await doStep('write')).inputs).toEqual({ handoff: 1 });
  expect((await doStep('write')).inputs).toEqual({ handoff: 2 });
});

test('a handoff that is made in the middle of a step begins at once', async () => {
  const { id } = await start();
  const { plan } = await runtime.take();
  await runtime.must('createHandoff', { runId: id, fromStepId: 'plan', toStepId: 'write', payload: { early: true } });
  const { write } = await runtime.take();
  expect(write?.inputs).toEqual({ handoff: { early: true } });
  await runtime.complete(write);
  expect(await runtime.run(id)).toMatchObject({ status: 'RUNNING' });
  await runtime.complete(plan);
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED' });
});

test('past maxHandoffs a report is refused, and finishes without', async () => {
  const { id } = await start({ guardrails: { maxHandoffs: 2 } });
  const { plan } = await runtime.take();
  const report = { stepResultId: plan?.id, callbackKey: 'too many', output: {}, handoffs: [to('write'), to('write'), to('review')] };
  const { userErrors, accepted } = await runtime.mutate('reportStepCompleted', report, 'accepted');
  expect([accepted, userErrors.map(({ code }: { code: string }) => code)]).toEqual([false, ['LIMIT_REACHED']]);
  expect(await runtime.attempts(id)).toEqual(['plan 1 RUNNING']);
  await runtime.complete(plan, {}, { handoffs: [to('write'), to('review')] });
  expect((await runtime.work()).sort()).toEqual(['review', 'write']);
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED' });
});

test('every handoff to what is no step is named, with every output that is missing', async () => {
  const { id } = await runtime.start('  - { id: plan, role: planner, command: c, outputs: [a, b] }', { runType: 'DELEGATED', goal: 'g' });
  const { plan } = await runtime.take();
  const { userErrors } = await runtime.mutate('reportStepCompleted', { stepResultId: plan?.id, callbackKey: 'faults', output: { b: 1 }, handoffs: [to('x'), to('plan'), to('y')] });
  expect(userErrors.map(({ path }: { path: string[] }) => path.join('.'))).toEqual(['input.output.a', 'input.handoffs.0.toStepId', 'input.handoffs.2.toStepId']);
  expect(await runtime.attempts(id)).toEqual(['plan 1 RUNNING']);
});

test('a rewind forgets the handoffs of what it forgets, and they do not count towards the limit; those before it are taken anew', async () => {
  const { id } = await start({ guardrails: { maxHandoffs: 2 } });
  await doStep('plan', to('write', 1));
  const [first] = await runtime.checkpoints(id);
  await doStep('write', to('review', 'old'));
  await runtime.take();
  runtime.later(60_000);
  await runtime.must('rewindRun', { id, checkpointId: first.id });
  expect(await runtime.attempts(id)).toEqual(['plan 1 COMPLETED', 'review 1 CANCELLED cleared', 'write 1 COMPLETED cleared', 'write 2 HELD']);
  expect((await doStep('write', to('review', 'new'))).inputs).toEqual({ handoff: 1 });
  expect((await doStep('review')).inputs).toEqual({ handoff: 'new' });
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED' });
});

test('a step that was done again after a checkpoint is forgotten, the time before is kept', async () => {
  const { id } = await start();
  await doStep('plan', to('write', 1), to('write', 2));
  await doStep('write', to('review', 'of 1'));
  const second = (await runtime.checkpoints(id)).find(({ completedStepIds }) => completedStepIds.length === 2);
  await doStep('write', to('review', 'of 2'));
  await runtime.fail((await runtime.steps(id))['review 1'], { retryable: false });
  expect(await runtime.run(id)).toMatchObject({ status: 'FAILED' });
  runtime.later(60_000);
  await runtime.must('rewindRun', { id, checkpointId: second.id });
  expect(await runtime.attempts(id)).toEqual(['plan 1 COMPLETED', 'review 1 FAILED cleared', 'review 2 HELD', 'write 1 COMPLETED', 'write 2 COMPLETED cleared', 'write 3 HELD']);
  const taken = await runtime.take();
  expect([taken['write']?.inputs, taken['review']?.inputs]).toEqual([{ handoff: 2 }, { handoff: 'of 1' }]);
});

test('a branch takes over what had been handed on and not been taken', async () => {
  const { id } = await start();
  await doStep('plan', to('write', 1), to('write', 2));
  await doStep('write');
  const second = (await runtime.checkpoints(id)).find(({ completedStepIds }) => completedStepIds.length === 2);
  await runtime.must('cancelRun', { id });
  const { run: { id: branched } } = await runtime.must('branchRun', { checkpointId: second.id }, 'run { id }');
  expect(await runtime.attempts(branched)).toEqual(['plan 1 COMPLETED', 'write 1 COMPLETED', 'write 2 HELD']);
  expect((await doStep('write')).inputs).toEqual({ handoff: 2 });
  expect(await runtime.run(branched)).toMatchObject({ status: 'COMPLETED' });
});
