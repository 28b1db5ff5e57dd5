import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, runSql } from '@forge/testing';
import { startRuntime, workerId, type Runtime } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => (runtime = await startRuntime()));
afterAll(() => runtime.close());

const one = '  - { id: work, role: clerk, command: "Do {{args.this}} and {{args.that}}" }';
const args = { this: 1, that: 2 };
const faultsOf = async (input: object, as?: typeof anotherOrganisation) => (await runtime.mutate('startRun', input, 'run { id }', as)).userErrors;
const countRuns = async (workflowId: string) => (await runSql<{ count: number }>(runtime.databaseUrl, 'SELECT count(*)::int FROM "workflowRuns" WHERE "workflowId" = $1', [workflowId]))[0]?.count;

test('a run has what it was started with to its end, whatever becomes of the workflow', async () => {
  const workflowId = await runtime.publish(one);
  const id = await runtime.startOf(workflowId, { args, startedById: workerId, guardrails: { maxCostCents: '12.50', maxDurationMs: 60_000 } });
  await runtime.must('publishWorkflowVersion', { workflowId, definition: 'steps:\n  - { id: other, role: clerk, command: c }\n' });
  await runtime.must('pauseWorkflow', { id: workflowId });
  expect(await runtime.run(id)).toMatchObject({
    status: 'RUNNING', runType: 'PRESCRIPTIVE', args, startedById: workerId, startedAt: '2026-11-20T12:00:00.000Z', deadlineAt: '2026-11-20T12:01:00.000Z', definition: expect.stringContaining('id: work'),
  });
  expect(await runtime.work()).toEqual(['work']);
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED' });
});

test('who starts a run is the worker who asks, unless another is named', async () => {
  const id = await runtime.startOf(await runtime.publish(one), { args });
  expect(await runtime.run(id)).toMatchObject({ startedById: 'wrk_01jd0000000000000000000001' });
});

test('every argument that is missing is named, at once', async () => {
  expect(await faultsOf({ workflowId: await runtime.publish(one), args: { more: 1 } })).toEqual([
    { code: 'INVALID', path: ['input', 'args', 'this'], message: 'args.this: is missing; the definition uses it' },
    { code: 'INVALID', path: ['input', 'args', 'that'], message: 'args.that: is missing; the definition uses it' },
  ]);
});

test('every fault of the input comes at once', async () => {
  const faults = await faultsOf({
    workflowId: 'wf_1', args: [], runType: 'DELEGATED', environment: '', guardrails: { maxCostCents: '0', maxDurationMs: 1, maxHandoffs: -1 }, factoryId: 'x', parentRunId: 'y', startedById: 'z', idempotencyKey: '',
  });
  expect(faults.map(({ path }: { path: string[] }) => path.slice(1).join('.')).sort()).toEqual([
    'args', 'environment', 'factoryId', 'goal', 'guardrails.maxCostCents', 'guardrails.maxDurationMs', 'guardrails.maxHandoffs', 'idempotencyKey', 'parentRunId', 'startedById', 'workflowId']);
});

test.each([['pauseWorkflow', 'PAUSED'], ['deprecateWorkflow', 'DEPRECATED']])('after %s nothing is started', async (mutation, status) => {
  const workflowId = await runtime.publish(one);
  await runtime.must(mutation, { id: workflowId });
  expect(await faultsOf({ workflowId, args })).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'workflowId'], message: `workflowId: the workflow is ${status}; only an ACTIVE one starts runs` }]);
  expect(await countRuns(workflowId)).toBe(0);
});

test('where no deployment is active, or it binds no agent to a role, nothing is started', async () => {
  const workflowId = await runtime.publish(one);
  expect(await faultsOf({ workflowId, args, environment: 'staging' })).toMatchObject([{ code: 'INVALID_TRANSITION', path: ['input', 'environment'], message: expect.stringContaining('no ACTIVE deployment in staging') }]);
  await runtime.must('publishWorkflowVersion', { workflowId, definition: 'steps:\n  - { id: a, role: clerk, command: "{{args.x}}" }\n  - { id: b, role: auditor, command: c }\n' });
  expect(await faultsOf({ workflowId, args: {} })).toMatchObject([
    { path: ['input', 'args', 'x'] }, { code: 'INVALID', path: ['input', 'environment'], message: 'environment: its deployment binds no agent to auditor; activate one that does' },
  ]);
});

test('another organisation, and an id that leads nowhere, find no workflow', async () => {
  const workflowId = await runtime.publish(one);
  const none = [{ code: 'NOT_FOUND', path: ['input', 'workflowId'], message: 'workflowId: leads to no Workflow' }];
  expect([await faultsOf({ workflowId, args }, anotherOrganisation), await faultsOf({ workflowId: newId('Workflow'), args })]).toEqual([none, none]);
});

test('a parent that is not there, or is another organisation\'s, or has ended, has no children', async () => {
  const workflowId = await runtime.publish(one);
  const parentRunId = await runtime.startOf(workflowId, { args });
  const child = (id: string) => faultsOf({ workflowId, args, parentRunId: id });
  expect(await child(newId('WorkflowRun'))).toEqual([{ code: 'NOT_FOUND', path: ['input', 'parentRunId'], message: 'parentRunId: leads to no WorkflowRun' }]);
  await runSql(runtime.databaseUrl, 'SET session_replication_role = replica; UPDATE "workflowRuns" SET "orgId" = \'org_01jd0000000000000000000002\' WHERE "id" = \'' + parentRunId + '\'');
  expect(await child(parentRunId)).toMatchObject([{ code: 'NOT_FOUND' }]);
  const ended = await runtime.startOf(workflowId, { args });
  await runtime.must('cancelRun', { id: ended });
  expect(await child(ended)).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'parentRunId'], message: 'parentRunId: the run is CANCELLED and starts no others' }]);
});

test('of twenty calls with one key one starts a run, and all are told of it', async () => {
  const workflowId = await runtime.publish(one);
  const input = { workflowId, args, idempotencyKey: 'start once' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => runtime.must('startRun', input, 'run { id }')));
  expect(new Set(answers.map(({ run }) => run.id)).size).toBe(1);
  expect(await countRuns(workflowId)).toBe(1);
  expect((await runtime.attempts(answers[0].run.id))).toEqual(['work 1 HELD']);
  expect(await faultsOf({ ...input, args: { this: 3, that: 4 } })).toMatchObject([{ code: 'CONFLICT' }]);
});

test('a run that was only written down begins with the next tick of its job, once with four replicas', async () => {
  const workflowId = await runtime.publish('  - { id: work, role: clerk, command: c }');
  const ids = await Promise.all(Array.from({ length: 5 }, () => runtime.startOf(workflowId)));
  await runSql(runtime.databaseUrl, `
    SET session_replication_role = replica; DELETE FROM "stepResults" WHERE "runId" = ANY (string_to_array('${ids.join()}', ','));
    UPDATE "workflowRuns" SET "status" = 'PENDING', "startedAt" = NULL, "waitingReason" = NULL WHERE "id" = ANY (string_to_array('${ids.join()}', ','))`);
  await Promise.all(Array.from({ length: 4 }, () => runtime.runTask('begin-pending-runs')));
  for (const id of ids) expect([(await runtime.run(id)).status, await runtime.attempts(id)]).toEqual(['RUNNING', ['work 1 HELD']]);
});
