import { startRuntime, type Runtime } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
let workflowId: string;
beforeAll(async () => {
  runtime = await startRuntime();
  workflowId = await runtime.publish('  - { id: pay, role: clerk, command: Pay it, approval: true }');
});
afterEach(async () => {
  for (const { id } of await runtime.prisma.workflowRun.findMany({ where: { completedAt: null } })) await runtime.must('cancelRun', { id });
});
afterAll(() => runtime.close());

const hour = 3_600_000;
const attend = () => runtime.runTask('attend-approvals') as Promise<{ reminded: number; rejected: number }>;
/** Four replicas do it at once. */
const attendFourfold = () => Promise.all(Array.from({ length: 4 }, attend));
const reminders = async (runId: string) => (await runtime.told('platform.event.occurred')).filter(({ subject, payload }) => subject === runId && payload.type === 'approval.reminder').map(({ payload }) => payload);
const sent = async (runId: string) => [(await reminders(runId)).length, (await runtime.approvals(runId))[0].remindersSent];

test('people are reminded after 1, 24 and 72 hours, once each, however many replicas do it', async () => {
  const runId = await runtime.startOf(workflowId);
  const after: [number, number][] = [];
  let hours = 0;
  for (const next of [0.99, 1, 1.5, 23.99, 24, 30, 71.99, 72, 73, 167]) {
    runtime.later((next - hours) * hour);
    hours = next;
    await attendFourfold();
    after.push([next, (await sent(runId))[0] as number]);
  }
  expect(after).toEqual([[0.99, 0], [1, 1], [1.5, 1], [23.99, 1], [24, 2], [30, 2], [71.99, 2], [72, 3], [73, 3], [167, 3]]);
  const [{ id: approvalId }] = await runtime.approvals(runId) as [{ id: string }];
  expect(await reminders(runId)).toMatchObject([1, 24, 72].map((waited, i) => ({
    severity: 'INFO', runId, displayLabel: `For ${waited} hours nobody has decided: May clerk do this: Pay it`, payload: { approvalId, reminder: i + 1 },
  })));
  expect(await runtime.run(runId)).toMatchObject({ status: 'PAUSED', pendingApprovals: 1 });
});

test('of reminders that were missed one is sent', async () => {
  const runId = await runtime.startOf(workflowId);
  runtime.later(50 * hour);
  await attendFourfold();
  expect(await sent(runId)).toEqual([1, 2]);
  runtime.later(30 * hour);
  await attendFourfold();
  expect(await sent(runId)).toEqual([2, 3]);
});

test('what nobody has decided in 7 days the system rejects, once, also after a time when nothing ran', async () => {
  const ids = [await runtime.startOf(workflowId), await runtime.startOf(workflowId)];
  runtime.later(7 * 24 * hour - 1);
  expect(await attend()).toMatchObject({ rejected: 0 });
  const young = await runtime.startOf(workflowId);
  runtime.later(20 * 24 * hour - 1);
  const decided = await runtime.startOf(workflowId);
  await attendFourfold();
  for (const id of [...ids, young]) {
    expect(await runtime.approvals(id)).toMatchObject([{ status: 'REJECTED', resolvedById: null, resolvedAt: runtime.clock.now.toISOString(), comment: 'Nobody decided within 7 days.' }]);
    expect(await runtime.run(id)).toMatchObject({ status: 'FAILED', failureSnapshot: { code: 'REJECTED', message: 'Rejected: Nobody decided within 7 days.' } });
    expect((await runtime.told('platform.event.occurred')).filter(({ subject, payload }) => subject === id && payload.type === 'run.failed')).toHaveLength(1);
  }
  expect(await runtime.run(decided)).toMatchObject({ status: 'PAUSED' });
  expect(await attend()).toEqual({ reminded: 0, rejected: 0 });
});

test('of a person and the system at the same instant one decides', async () => {
  for (let i = 0; i < 10; i++) {
    const runId = await runtime.startOf(workflowId);
    const [{ id }] = await runtime.approvals(runId) as [{ id: string }];
    runtime.later(7 * 24 * hour);
    const [{ approval, userErrors }] = await Promise.all([runtime.mutate('resolveApproval', { id, approve: true }, 'approval { status }'), attendFourfold()]);
    if (approval) expect([approval.status, (await runtime.run(runId)).status]).toEqual(['APPROVED', 'RUNNING']);
    else expect([userErrors, (await runtime.run(runId)).status]).toMatchObject([[{ code: 'CONFLICT', message: expect.stringContaining('was REJECTED at') }], 'FAILED']);
    if (approval) await runtime.must('cancelRun', { id: runId });
  }
});

test('a decision that was made reminds nobody', async () => {
  const runId = await runtime.startOf(workflowId);
  await runtime.decide(runId, true);
  runtime.later(100 * hour);
  expect(await attend()).toEqual({ reminded: 0, rejected: 0 });
  expect(await sent(runId)).toEqual([0, 0]);
});
