import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { modelId, startRuntime, type Runtime } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => (runtime = await startRuntime()));
afterEach(async () => {
  for (const { id } of await runtime.prisma.workflowRun.findMany({ where: { completedAt: null } })) await runtime.must('cancelRun', { id });
});
afterAll(() => runtime.close());

const chain = `
  - { id: one, role: clerk, command: c, outputs: [a] }
  - { id: two, role: clerk, command: "Use {{a}}", depends_on: [one], outputs: [b] }
  - { id: three, role: clerk, command: "Use {{b}}", depends_on: [two] }`;

const minute = 60_000;
const rewind = async (id: string, checkpointId: string | null, more: object = {}) => (await runtime.must('rewindRun', { id, checkpointId, ...more }, 'run { id status updatedAt }')).run;
const checkpoint = async (id: string, sequence: number) => (await runtime.checkpoints(id)).find((each) => each.sequence === sequence).id as string;

/** Does the step that is ready. */
async function doStep(output: object = {}) {
  runtime.later(minute);
  const [step] = Object.values(await runtime.take());
  await runtime.complete(step, output);
  if (!step) throw new Error('nothing is ready');
  return step;
}

test('a run that FAILED goes on from a checkpoint: attempts are numbered on, costs stay, what failed does not count', async () => {
  const { id } = await runtime.start(chain);
  const one = await doStep({ a: 1 });
  const { two } = await runtime.take();
  const call = { stepResultId: two?.id ?? '', runId: id, agentId: null, workerId: null, workflowId: null, factoryId: null, gatewayId: null, inputTokens: 5, outputTokens: 2, costCents: '1.5', occurredAt: runtime.clock.now.toISOString(), tokenEventId: 't' };
  await runtime.tell('analytics.costs.recorded', { data: { calls: [call], endedStepResultId: call.stepResultId } });
  await runtime.fail(two);
  expect(await runtime.run(id)).toMatchObject({ status: 'FAILED' });
  runtime.later(minute);
  expect(await rewind(id, await checkpoint(id, 1))).toMatchObject({ status: 'RUNNING' });
  expect(await runtime.run(id)).toMatchObject({ failureSnapshot: null, completedAt: null, totalCostCents: '1.5', waitingReason: 'waits for the budgets to cover step two' });
  expect(await runtime.attempts(id)).toEqual(['one 1 COMPLETED', 'two 1 FAILED cleared', 'two 2 HELD']);
  expect((await doStep({ b: 2 })).command).toBe('Use 1');
  await doStep();
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED', totalCostCents: '1.5' });
  expect((await runtime.steps(id))['one 1'].id).toBe(one.id);
});

test('a run that is under way forgets what was done since; late reports of it are not accepted', async () => {
  const { id } = await runtime.start(chain);
  await doStep({ a: 1 });
  const first = await checkpoint(id, 1);
  await doStep({ b: 2 });
  const { three } = await runtime.take();
  runtime.later(minute);
  await rewind(id, first);
  expect(await runtime.attempts(id)).toEqual(['one 1 COMPLETED', 'three 1 CANCELLED cleared', 'two 1 COMPLETED cleared', 'two 2 HELD']);
  expect(await runtime.complete(three, {}, { usage: [{ idempotencyKey: 'k', occurredAt: runtime.clock.now, modelId, inputTokens: 1, outputTokens: 1 }] })).toMatchObject({ accepted: false });
  expect((await runtime.told('workflow.attempt.ended')).filter(({ payload }) => payload.stepResultId === three?.id).map(({ payload }) => payload.calls.length)).toEqual([0, 1]);
  await doStep({ b: 20 });
  expect((await doStep()).command).toBe('Use 20');
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED' });
});

test('to the very beginning everything is done anew, and checkpoints count on', async () => {
  const { id } = await runtime.start(chain);
  await doStep({ a: 1 });
  await doStep({ b: 1 });
  runtime.later(minute);
  await rewind(id, null);
  expect(await runtime.attempts(id)).toEqual(['one 1 COMPLETED cleared', 'one 2 HELD', 'three 1 CANCELLED cleared', 'two 1 COMPLETED cleared']);
  await doStep({ a: 3 });
  expect((await runtime.checkpoints(id)).map(({ sequence, completedStepIds }) => `${sequence} ${completedStepIds}`).sort()).toEqual(['1 one', '2 one,two', '3 ', '4 one']);
});

test('to a checkpoint that an earlier rewind went past everything is as it was then', async () => {
  const { id } = await runtime.start(chain);
  await doStep({ a: 1 });
  await doStep({ b: 1 });
  const second = await checkpoint(id, 2);
  runtime.later(minute);
  await rewind(id, null);
  await doStep({ a: 100 });
  await runtime.take();
  runtime.later(minute);
  await rewind(id, second);
  expect(await runtime.attempts(id)).toEqual(['one 1 COMPLETED', 'one 2 COMPLETED cleared', 'three 1 CANCELLED cleared', 'three 2 HELD', 'two 1 COMPLETED', 'two 2 CANCELLED cleared']);
  expect((await doStep()).command).toBe('Use 1');
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED' });
});

test('decisions about forgotten attempts are forgotten, and open questions closed', async () => {
  const { id } = await runtime.start('  - { id: pay, role: clerk, command: c, approval: true, on_failure: retry_once_then_escalate }');
  await runtime.decide(id, true);
  for (let i = 0; i < 2; i++) await runtime.fail((await runtime.take())['pay']);
  expect(await runtime.run(id)).toMatchObject({ status: 'PAUSED', pendingApprovals: 1 });
  runtime.later(minute);
  expect(await rewind(id, null)).toMatchObject({ status: 'PAUSED' });
  const approvals = await runtime.approvals(id);
  expect(approvals.filter(({ source }) => source === 'ESCALATION')).toMatchObject([{ status: 'REJECTED', resolvedById: null, comment: 'The run was rewound.' }]);
  expect(approvals.filter(({ status }) => status === 'PENDING')).toMatchObject([{ source: 'WORKFLOW', stepResultId: (await runtime.steps(id))['pay 3'].id }]);
  await runtime.decide(id, true);
  for (let i = 0; i < 2; i++) await runtime.fail((await runtime.take())['pay']);
  expect((await runtime.approvals(id)).filter(({ source }) => source === 'ESCALATION')).toHaveLength(2);
});

test('a step that waits for an answer is forgotten with its question', async () => {
  const { id } = await runtime.start('  - { id: ask, role: clerk, command: c }');
  const { ask } = await runtime.take();
  await runtime.must('requestHumanInput', { stepResultId: ask?.id, prompt: '?' });
  expect(await runtime.run(id)).toMatchObject({ status: 'PAUSED', pendingHumanInputs: 1 });
  expect(await rewind(id, null)).toMatchObject({ status: 'RUNNING' });
  expect([await runtime.questions(id), await runtime.run(id)]).toMatchObject([[{ status: 'CANCELLED' }], { pendingHumanInputs: 0 }]);
});

test('the same call again rewinds once; one that has seen an older run is told so', async () => {
  const { id } = await runtime.start(chain);
  await doStep({ a: 1 });
  const seen = (await runtime.run(id)).updatedAt;
  runtime.later(minute);
  await Promise.all(Array.from({ length: 10 }, () => rewind(id, null, { idempotencyKey: `rewind ${id}` })));
  expect(await runtime.attempts(id)).toEqual(['one 1 COMPLETED cleared', 'one 2 HELD', 'two 1 CANCELLED cleared']);
  expect((await runtime.mutate('rewindRun', { id, expectedVersion: seen })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
});

test('ten rewinds at once without a key come one after the other, and one attempt is open', async () => {
  const { id } = await runtime.start(chain);
  await Promise.all(Array.from({ length: 10 }, () => rewind(id, null)));
  expect((await runtime.attempts(id)).filter((each) => each.endsWith('HELD'))).toEqual(['one 11 HELD']);
});

const refusal = async (input: object, as?: typeof anotherOrganisation) => (await runtime.mutate('rewindRun', input, '', as)).userErrors.map(({ code, message }: Record<string, string>) => `${code} ${message}`);

test('what is done or called off is not rewound', async () => {
  const done = await runtime.start('  - { id: only, role: clerk, command: c, condition: "false" }');
  expect(await refusal({ id: done.id })).toEqual(['INVALID_TRANSITION id: the run is COMPLETED; only one that is RUNNING, PAUSED or FAILED can be rewound']);
  const { id } = await runtime.start(chain);
  await runtime.must('cancelRun', { id });
  expect(await refusal({ id })).toEqual([expect.stringContaining('the run is CANCELLED')]);
});

test('a checkpoint of another run, an id that leads nowhere and another organisation find nothing', async () => {
  const [mine, other] = [await runtime.start(chain), await runtime.start(chain)];
  const { runId: owner } = await doStep({ a: 1 });
  const foreign = await checkpoint(owner, 1);
  const another = owner === mine.id ? other.id : mine.id;
  const none = ['NOT_FOUND checkpointId: leads to no checkpoint of this run'];
  expect([await refusal({ id: another, checkpointId: foreign }), await refusal({ id: another, checkpointId: newId('WorkflowCheckpoint') })]).toEqual([none, none]);
  expect([await refusal({ id: owner }, anotherOrganisation), await refusal({ id: newId('WorkflowRun') })]).toEqual(Array(2).fill(['NOT_FOUND id: leads to no WorkflowRun']));
});

test('a run whose time is up, or whose parent has ended, is to be branched instead', async () => {
  const late = await runtime.start(chain, { guardrails: { maxDurationMs: 1_000 } });
  runtime.later(minute);
  await runtime.runTask('stop-overdue-runs');
  expect(await refusal({ id: late.id })).toEqual(['LIMIT_REACHED id: the run has reached the maxDurationMs, 1000, of its guardrails and would end at once; branch it instead']);
  const parent = await runtime.start(chain);
  const child = await runtime.startOf(parent.workflowId, { parentRunId: parent.id });
  await runtime.must('cancelRun', { id: parent.id });
  expect(await refusal({ id: child })).toEqual([`INVALID_TRANSITION id: the run that started it, ${parent.id}, is CANCELLED and waits for it no more; branch it instead`]);
});
