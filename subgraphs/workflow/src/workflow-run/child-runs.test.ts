import { startRuntime, type Runtime } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime();
  await runtime.employ('clerk', 100);
});
afterAll(() => runtime.close());

const step = '  - { id: work, role: clerk, command: c }';
let workflowId: string;
beforeEach(async () => (workflowId = await runtime.publish(step)));

/** A run, a run that it started, and so on. */
async function generations(count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    runtime.later(1);
    ids.push(await runtime.startOf(workflowId, { parentRunId: ids.at(-1) ?? null }));
  }
  return ids;
}

const statuses = (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await runtime.run(id)).status));

/** Does the one step of a run. */
async function finish(runId: string) {
  await runtime.answerBudgets();
  await runtime.claim();
  const { 'work 1': step } = await runtime.steps(runId);
  await runtime.begin(step);
  await runtime.complete(step);
}

test('a run that is done waits for those that it started, says so, and ends after them', async () => {
  const [parent, child] = await generations(2) as [string, string];
  const second = await runtime.startOf(workflowId, { parentRunId: parent });
  await finish(parent);
  expect(await runtime.run(parent)).toMatchObject({ status: 'RUNNING', waitingReason: 'waits for 2 child runs' });
  await finish(child);
  await runtime.runJobs();
  expect(await runtime.run(parent)).toMatchObject({ status: 'RUNNING', waitingReason: 'waits for 1 child run' });
  await runtime.must('cancelRun', { id: second });
  expect(await runtime.runJobs()).toBe(1);
  expect(await runtime.run(parent)).toMatchObject({ status: 'COMPLETED', waitingReason: null });
});

test('with a run all that it started is called off, over every generation, and with nothing else', async () => {
  const line = await generations(5);
  const sister = await runtime.startOf(workflowId, { parentRunId: line[0] });
  await runtime.must('cancelRun', { id: line[1], reason: 'Not needed' });
  expect(await statuses(line)).toEqual(['RUNNING', 'CANCELLED', 'RUNNING', 'RUNNING', 'RUNNING']);
  await runtime.runJobs();
  expect(await statuses([...line, sister])).toEqual(['RUNNING', 'CANCELLED', 'CANCELLED', 'CANCELLED', 'CANCELLED', 'RUNNING']);
  expect(await runtime.run(line[1] ?? '')).toMatchObject({ failureSnapshot: { code: 'CANCELLED', message: 'Not needed' } });
  expect(await runtime.run(line[2] ?? '')).toMatchObject({ failureSnapshot: { code: 'CANCELLED', message: `The run that started it, ${line[1]}, has ended.` } });
});

test('a run that fails takes what it started with it', async () => {
  const [parent, child] = await generations(2) as [string, string];
  await runtime.answerBudgets();
  const claimed = await runtime.claim();
  await runtime.fail(claimed.find(({ runId }) => runId === parent));
  await runtime.runJobs();
  expect(await statuses([parent, child])).toEqual(['FAILED', 'CANCELLED']);
});

test('what a run starts after it was rewound stays when what it had started before is called off', async () => {
  const [parent, child] = await generations(2) as [string, string];
  await runtime.answerBudgets();
  await runtime.fail((await runtime.claim()).find(({ runId }) => runId === parent));
  runtime.later(1);
  await runtime.must('rewindRun', { id: parent });
  const later = await runtime.startOf(workflowId, { parentRunId: parent });
  await runtime.runJobs();
  expect(await statuses([parent, child, later])).toEqual(['RUNNING', 'CANCELLED', 'RUNNING']);
});

test('the eleventh generation is refused', async () => {
  const line = await generations(10);
  const { userErrors } = await runtime.mutate('startRun', { workflowId, parentRunId: line[9] }, 'run { id }');
  expect(userErrors).toEqual([{ code: 'LIMIT_REACHED', path: ['input', 'parentRunId'], message: 'parentRunId: runs start others over at most 10 generations' }]);
});

test('a child that comes as its parent ends is either waited for or refused, every time', async () => {
  for (let i = 0; i < 15; i++) {
    const parent = await runtime.startOf(workflowId);
    await runtime.answerBudgets();
    const step = (await runtime.claim()).find(({ runId }) => runId === parent);
    await runtime.begin(step);
    const [{ run: child, userErrors }] = await Promise.all([runtime.mutate('startRun', { workflowId, parentRunId: parent }, 'run { id }'), runtime.complete(step)]);
    const { status, waitingReason } = await runtime.run(parent);
    if (child) expect([status, waitingReason]).toEqual(['RUNNING', 'waits for 1 child run']);
    else expect([status, userErrors[0].code]).toEqual(['COMPLETED', 'INVALID_TRANSITION']);
    if (child) await runtime.must('cancelRun', { id: child.id });
  }
});
