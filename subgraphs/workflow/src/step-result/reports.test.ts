import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, runSql } from '@forge/testing';
import { modelId, startRuntime, type Answer, type Runtime, type Step } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime();
  await runtime.employ('clerk', 1_000);
});
afterEach(async () => {
  for (const { id } of await runtime.prisma.workflowRun.findMany({ where: { completedAt: null } })) await runtime.must('cancelRun', { id });
});
afterAll(() => runtime.close());

const two = '  - { id: work, role: clerk, command: c, outputs: [a, b], on_failure: retry_once }\n  - { id: next, role: clerk, command: c, depends_on: [work] }';

async function begun(): Promise<{ id: string; step: Step }> {
  const { id } = await runtime.start(two);
  await runtime.take();
  return { id, step: (await runtime.steps(id))['work 1'] };
}

const usage = (key: string) => [{ idempotencyKey: key, occurredAt: runtime.clock.now, modelId, inputTokens: 100, outputTokens: 20, cachedInputTokens: 10, thinkingTokens: 5 }];
const artifact = { name: 'a.md', mimeType: 'text/markdown', sizeBytes: '9007199254740993', sha256: 'b'.repeat(64), storageKey: 's3://a' };
const completion = ({ id }: Step, more: object = {}) => ({
  stepResultId: id, callbackKey: `done ${id}`, output: { a: 1, b: [2] }, usage: usage(`call ${id}`), artifacts: [artifact], handoffs: [{ toStepId: 'next', summary: 's', payload: { x: 1 } }], ...more,
});
const fields = 'accepted stepResult { id status output error updatedAt }';
const report = (name: string, input: object, as?: typeof anotherOrganisation): Promise<Answer> => runtime.mutate(name, input, fields, as);

/** Everything that a report may have written about a run. */
async function written(runId: string): Promise<Record<string, number>> {
  const [counts] = await runSql<Record<string, number>>(runtime.databaseUrl, `
    SELECT (SELECT count(*)::int FROM "stepResults" WHERE "runId" = $1) AS steps, (SELECT count(*)::int FROM "runArtifacts" WHERE "runId" = $1) AS artifacts,
      (SELECT count(*)::int FROM "handoffs" WHERE "runId" = $1) AS handoffs, (SELECT count(*)::int FROM "workflowCheckpoints" WHERE "runId" = $1) AS checkpoints,
      (SELECT count(*)::int FROM "eventOutbox" WHERE "subject" = $1 AND "type" = 'workflow.attempt.ended') AS ended,
      (SELECT count(*)::int FROM "eventOutbox" WHERE "subject" = $1 AND "type" = 'workflow.reservation.requested') AS requested`, [runId]);
  return counts ?? {};
}

test('a report says all that came of an attempt', async () => {
  const { id, step } = await begun();
  runtime.later(1_500);
  expect(await report('reportStepCompleted', completion(step))).toMatchObject({ accepted: true, userErrors: [], stepResult: { status: 'COMPLETED', output: { a: 1, b: [2] }, error: null } });
  expect((await runtime.steps(id))['work 1']).toMatchObject({ durationMs: 1_500, modelId, completedAt: runtime.clock.now.toISOString() });
  const [ended] = (await runtime.told('workflow.attempt.ended')).filter(({ subject }) => subject === id);
  const { usage: [{ occurredAt, ...call }] } = completion(step) as unknown as { usage: [{ occurredAt: Date }] };
  expect(ended?.payload).toEqual({
    runId: id, stepResultId: step.id, stepId: 'work', agentId: step.agentId, gatewayId: 'gw_01h455vb4pex5vsknk084sn02q', factoryId: null, workflowId: expect.stringMatching(/^wf_/), workerId: 'wrk_01jd0000000000000000000001',
    calls: [{ ...call, succeeded: true, occurredAt: occurredAt.toISOString() }],
  });
  const { workflowRun } = await runtime.data('query ($id: ID!) { workflowRun(id: $id) { artifacts { nodes { stepId name sizeBytes } } handoffs { nodes { fromStepId toStepId payload } } } }', { id });
  expect(workflowRun).toEqual({ artifacts: { nodes: [{ stepId: 'work', name: 'a.md', sizeBytes: '9007199254740993' }] }, handoffs: { nodes: [{ fromStepId: 'work', toStepId: 'next', payload: { x: 1 } }] } });
});

test.each([['five times in a row', 5, false], ['twenty times at once', 20, true]])('the same report %s has one outcome, and one answer', async (_, times, isAtOnce) => {
  const { id, step } = await begun();
  const send = () => report('reportStepCompleted', completion(step));
  const answers: Answer[] = [];
  if (isAtOnce) answers.push(...(await Promise.all(Array.from({ length: times }, send))));
  else for (let i = 0; i < times; i++) answers.push(await send());
  expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(answers[0]).toMatchObject({ accepted: true, userErrors: [], stepResult: { status: 'COMPLETED' } });
  expect(await written(id)).toEqual({ steps: 2, artifacts: 1, handoffs: 1, checkpoints: 1, ended: 1, requested: 2 });
});

test('a beginning and a failure that are told twenty times at once happen once', async () => {
  const { id } = await runtime.start(two);
  await runtime.answerBudgets();
  const [step] = await runtime.claim();
  const start = { stepResultId: step?.id, callbackKey: `start ${step?.id}` };
  const starts = await Promise.all(Array.from({ length: 20 }, () => report('reportStepStarted', start)));
  expect(new Set(starts.map(({ accepted, stepResult }) => `${accepted} ${stepResult.status}`))).toEqual(new Set(['true RUNNING']));
  const failure = { stepResultId: step?.id, callbackKey: `fail ${step?.id}`, error: { code: 'X', message: 'x' }, usage: usage('u') };
  const failures = await Promise.all(Array.from({ length: 20 }, () => report('reportStepFailed', failure)));
  expect(new Set(failures.map(({ accepted, stepResult }) => `${accepted} ${stepResult.status}`))).toEqual(new Set(['true FAILED']));
  expect([await runtime.attempts(id), (await written(id))['ended']]).toEqual([['work 1 FAILED', 'work 2 HELD'], 1]);
});

test('the same key with another input is a conflict; with the same input for another report it is not', async () => {
  const { id, step } = await begun();
  await report('reportStepCompleted', completion(step));
  expect(await report('reportStepCompleted', completion(step, { output: { a: 2, b: 2 } }))).toMatchObject({ accepted: false, stepResult: null, userErrors: [{ code: 'CONFLICT' }] });
  expect(await report('reportStepStarted', { stepResultId: step.id, callbackKey: `done ${step.id}` })).toMatchObject({ accepted: false, userErrors: [] });
  expect((await written(id))['ended']).toBe(1);
});

test('of a completion and a failure at the same instant one is accepted, and the other not', async () => {
  const accepted: string[] = [];
  for (let i = 0; i < 10; i++) {
    const { id, step } = await begun();
    const reports: [string, object][] = [['reportStepCompleted', completion(step)], ['reportStepFailed', { stepResultId: step.id, callbackKey: `f ${step.id}`, error: { code: 'X', message: 'x' } }]];
    const answers = await Promise.all((i % 2 ? reports : reports.toReversed()).map(([name, input]) => report(name, input)));
    expect(answers.map((each) => [each.accepted, each.userErrors]).sort()).toEqual([[false, []], [true, []]]);
    const winner = answers.find((each) => each.accepted);
    expect(answers.map(({ stepResult }) => stepResult.status)).toEqual(Array(2).fill(winner.stepResult.status));
    expect((await runtime.attempts(id)).slice(-1)).toEqual([winner.stepResult.status === 'COMPLETED' ? 'work 1 COMPLETED' : 'work 2 HELD']);
    accepted.push(winner.stepResult.status);
  }
  expect(accepted).toHaveLength(10);
});

test('a report of an attempt that was called off or forgotten is not accepted; its calls are told of', async () => {
  for (const end of ['cancelRun', 'rewindRun']) {
    const { id, step } = await begun();
    await runtime.must(end, { id });
    expect(await report('reportStepCompleted', completion(step))).toMatchObject({ accepted: false, userErrors: [], stepResult: { status: 'CANCELLED', output: null } });
    expect(await report('reportStepFailed', { stepResultId: step.id, callbackKey: `f ${step.id}`, error: { code: 'X', message: 'x' } })).toMatchObject({ accepted: false, userErrors: [] });
    expect(await report('reportStepStarted', { stepResultId: step.id, callbackKey: `s ${step.id}` })).toMatchObject({ accepted: false, userErrors: [] });
    expect(await written(id)).toMatchObject({ artifacts: 0, handoffs: 0, checkpoints: 0, ended: 2 });
  }
});

test('every output that the step has promised and not given is named, and it can be reported again', async () => {
  const { id, step } = await begun();
  expect(await report('reportStepCompleted', completion(step, { output: { c: 1 } }))).toMatchObject({ accepted: false, userErrors: [
    { code: 'INVALID', path: ['input', 'output', 'a'], message: 'output.a: is missing; the step has promised it' }, { code: 'INVALID', path: ['input', 'output', 'b'] },
  ] });
  expect(await written(id)).toMatchObject({ artifacts: 0, ended: 0 });
  expect(await report('reportStepCompleted', completion(step))).toMatchObject({ accepted: true });
});

test('what nobody has begun is not completed; what was claimed can fail before it begins', async () => {
  const { id } = await runtime.start(two);
  await runtime.answerBudgets();
  const { 'work 1': { id: unclaimed } } = await runtime.steps(id);
  const refused = { accepted: false, userErrors: [{ code: 'INVALID_TRANSITION', path: ['input', 'stepResultId'] }] };
  for (const name of ['reportStepCompleted', 'reportStepFailed']) {
    expect(await report(name, { stepResultId: unclaimed, callbackKey: 'u', ...(name === 'reportStepFailed' ? { error: { code: 'X', message: 'x' } } : { output: { a: 1, b: 1 } }) })).toMatchObject(refused);
  }
  const [step] = await runtime.claim();
  expect(await report('reportStepCompleted', completion(step as Step))).toMatchObject(refused);
  expect(await report('reportStepFailed', { stepResultId: step?.id, callbackKey: 'f', error: { code: 'NO_AGENT', message: 'nobody is there' } })).toMatchObject({ accepted: true, stepResult: { status: 'FAILED' } });
  expect((await runtime.steps(id))['work 1']).toMatchObject({ startedAt: null, completedAt: null, durationMs: null });
});

test('an attempt that waits for an answer is not reported until it has one', async () => {
  const { step } = await begun();
  await runtime.must('requestHumanInput', { stepResultId: step.id, prompt: '?' });
  expect((await report('reportStepCompleted', completion(step))).userErrors).toEqual([{
    code: 'INVALID_TRANSITION', path: ['input', 'stepResultId'], message: 'stepResultId: the attempt is HELD until people have answered; take the question back with cancelHumanInput, then report',
  }]);
});

test('every fault of a report comes at once, with its place', async () => {
  const { step } = await begun();
  const call = { ...usage('twice')[0], cachedInputTokens: 101, thinkingTokens: 21 };
  const { userErrors } = await report('reportStepCompleted', {
    stepResultId: step.id, callbackKey: '', output: [], usage: [call, { ...call, inputTokens: -1, cachedInputTokens: 0, thinkingTokens: 0, modelId: 'x', occurredAt: '2020-01-01T00:00:00Z' }],
    artifacts: [{ ...artifact, sha256: 'B', sizeBytes: '-1', mimeType: 'text' }], handoffs: [{ toStepId: '' }],
  });
  expect(userErrors.map(({ path }: { path: string[] }) => path.slice(1).join('.')).sort()).toEqual([
    'artifacts.0.mimeType', 'artifacts.0.sha256', 'artifacts.0.sizeBytes', 'callbackKey', 'handoffs.0.toStepId', 'output', 'usage.0.cachedInputTokens', 'usage.0.thinkingTokens', 'usage.1.cachedInputTokens', 'usage.1.idempotencyKey', 'usage.1.inputTokens',
    'usage.1.modelId', 'usage.1.occurredAt']);
});

test('a thousand calls with the longest keys are told of', async () => {
  const { id, step } = await begun();
  const calls = (letter: string) => Array.from({ length: 1_000 }, (_, i) => ({ ...usage(`${letter.repeat(196)}${1_000 + i}`)[0] }));
  expect((await report('reportStepCompleted', completion(step, { usage: calls('\u0001') }))).userErrors).toHaveLength(1_000);
  expect(await report('reportStepCompleted', completion(step, { usage: calls('€') }))).toMatchObject({ accepted: true, userErrors: [] });
  expect((await runtime.told('workflow.attempt.ended')).filter(({ subject }) => subject === id).map(({ payload }) => payload.calls.length)).toEqual([1_000]);
});

test('a step may take longer than a number of milliseconds can say', async () => {
  const { id, step } = await begun();
  const { humanInputRequest } = await runtime.must('requestHumanInput', { stepResultId: step.id, prompt: '?' }, 'humanInputRequest { id }');
  runtime.later(40 * 24 * 3_600_000);
  await runtime.must('answerHumanInput', { id: humanInputRequest.id, response: 1 });
  expect(await report('reportStepCompleted', completion(step))).toMatchObject({ accepted: true });
  expect((await runtime.steps(id))['work 1'].durationMs).toBe(2 ** 31 - 1);
});

test('another organisation, and an id that leads nowhere, find no attempt', async () => {
  const { id, step } = await begun();
  const before = await written(id);
  const none = { accepted: false, stepResult: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'stepResultId'], message: 'stepResultId: leads to no StepResult' }] };
  for (const [name, more] of [['reportStepStarted', {}], ['reportStepCompleted', { output: { a: 1, b: 1 } }], ['reportStepFailed', { error: { code: 'X', message: 'x' } }]] as const) {
    expect(await report(name, { stepResultId: step.id, callbackKey: 'theirs', ...more }, anotherOrganisation)).toEqual(none);
    expect(await report(name, { stepResultId: newId('StepResult'), callbackKey: 'nowhere', ...more })).toEqual(none);
  }
  expect(await written(id)).toEqual(before);
});
