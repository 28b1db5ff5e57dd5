import { startRuntime, type Runtime } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
let workflowId: string;
beforeAll(async () => {
  runtime = await startRuntime();
  await runtime.employ('clerk', 100);
  workflowId = await runtime.publish('  - { id: work, role: clerk, command: c }');
});
afterAll(() => runtime.close());

/** Tells what a call of a run cost. */
function spend(runId: string, costCents: string) {
  const scope = { agentId: null, workerId: null, workflowId: null, factoryId: null, gatewayId: null };
  const call = { ...scope, runId, stepResultId: null, inputTokens: 10, outputTokens: 1, costCents, occurredAt: runtime.clock.now.toISOString(), tokenEventId: crypto.randomUUID() };
  return runtime.tell('analytics.costs.recorded', { data: { calls: [call], endedStepResultId: null } });
}

test('a run that costs more than its maxCostCents fails; to the cent it does not', async () => {
  const id = await runtime.startOf(workflowId, { guardrails: { maxCostCents: '10' } });
  await spend(id, '9.9999999999');
  await spend(id, '0.0000000001');
  expect(await runtime.run(id)).toMatchObject({ status: 'RUNNING', totalCostCents: '10' });
  await spend(id, '0.0000000001');
  expect(await runtime.run(id)).toMatchObject({
    status: 'FAILED', totalCostCents: '10.0000000001', failureSnapshot: { code: 'MAX_COST_EXCEEDED', message: 'The run has cost 10.0000000001 cents, more than the 10 that its guardrails allow.', stepId: null },
  });
  expect(await runtime.attempts(id)).toEqual(['work 1 CANCELLED']);
  await spend(id, '5');
  expect(await runtime.run(id)).toMatchObject({ status: 'FAILED', totalCostCents: '15.0000000001' });
  expect((await runtime.mutate('rewindRun', { id })).userErrors).toMatchObject([{ code: 'LIMIT_REACHED' }]);
});

test('what its child runs cost counts, and they are called off with it', async () => {
  const parent = await runtime.startOf(workflowId, { guardrails: { maxCostCents: '10' } });
  const child = await runtime.startOf(workflowId, { parentRunId: parent, guardrails: { maxCostCents: '100' } });
  const grandchild = await runtime.startOf(workflowId, { parentRunId: child });
  await spend(parent, '4');
  await spend(grandchild, '4');
  await spend(child, '4');
  await runtime.runJobs();
  const runs = await Promise.all([parent, child, grandchild].map((id) => runtime.run(id)));
  expect(runs.map(({ status, totalCostCents }) => [status, totalCostCents])).toEqual([['FAILED', '12'], ['CANCELLED', '8'], ['CANCELLED', '4']]);
});

test('a run that takes longer than its maxDurationMs fails, also while it is PAUSED, once with four replicas', async () => {
  const ids = await Promise.all(Array.from({ length: 3 }, () => runtime.startOf(workflowId, { guardrails: { maxDurationMs: 60_000 } })));
  const [first] = ids as [string];
  await runtime.must('requestApproval', { runId: first, stepId: 'work', summary: 's' });
  runtime.later(59_999);
  expect(await runtime.runTask('stop-overdue-runs')).toBe(0);
  runtime.later(1);
  await Promise.all(Array.from({ length: 4 }, () => runtime.runTask('stop-overdue-runs')));
  for (const id of ids) {
    expect(await runtime.run(id)).toMatchObject({ status: 'FAILED', pendingApprovals: 0, failureSnapshot: { code: 'MAX_DURATION_EXCEEDED', message: 'The run took longer than the 60000 ms that its guardrails allow.' } });
    expect((await runtime.told('platform.event.occurred')).filter(({ subject }) => subject === id)).toHaveLength(1);
  }
  expect(await runtime.runTask('stop-overdue-runs')).toBe(0);
});
