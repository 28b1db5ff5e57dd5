import { newId } from '@forge/subgraph-kit';
import type { anotherOrganisation } from '@forge/testing';
import { demoOrgId } from '../workflow/fixture.ts';
import { aKey, gatewayId, startRuntime, type Runtime, type Step } from './fixture/runtime.ts';

let runtime: Runtime;
let runId: string;
let step: Step;
beforeAll(async () => {
  runtime = await startRuntime();
  ({ id: runId } = await runtime.start('  - { id: work, role: clerk, command: c }\n  - { id: next, role: clerk, command: c, depends_on: [work] }'));
  step = (await runtime.take())['work'] as Step;
});
afterAll(() => runtime.close());

type Principal = typeof anotherOrganisation;
const runtimeOf = (subject: string): Principal => ({ orgId: demoOrgId, subject, kind: 'gateway', scopes: ['gateways:runtime'] });
const [ours, theirs] = [runtimeOf(gatewayId), runtimeOf(newId('Gateway'))];

const file = { name: 'a.txt', mimeType: 'text/plain', sizeBytes: '1', sha256: 'a'.repeat(64), storageKey: 'k' };
const event = { sequence: '1', type: 'progress', payload: {}, occurredAt: '2026-11-20T11:59:59.000Z' };
const calls: Record<string, () => object> = {
  claimSteps: () => ({ gatewayId, max: 1, callbackKey: aKey() }),
  renewStepLease: () => ({ stepResultId: step.id, leaseSeconds: 60 }),
  reportStepStarted: () => ({ stepResultId: step.id, callbackKey: aKey() }),
  requestApproval: () => ({ runId, stepId: 'next', summary: 'May it?' }),
  createHandoff: () => ({ runId, fromStepId: 'work', toStepId: 'next', payload: {} }),
  recordExecutionEvents: () => ({ runId, events: [event] }),
  createRunArtifact: () => ({ runId, ...file }),
  createStepThread: () => ({ runId, stepId: 'work', threadId: 't', gatewayId }),
  requestHumanInput: () => ({ stepResultId: step.id, prompt: '?' }),
  reportStepCompleted: () => ({ stepResultId: step.id, callbackKey: aKey() }),
  reportStepFailed: () => ({ stepResultId: step.id, callbackKey: aKey(), error: { code: 'X', message: 'x' } }),
};

const names = Object.keys(calls);
const mutate = async (name: string, principal: Principal) => (await runtime.mutate(name, calls[name]?.() ?? {}, '', principal)).userErrors as { code: string; path: string[] }[];

test.each(names)('%s on what belongs to another gateway is refused as if it were not there', async (name) => {
  const before = await runtime.attempts(runId);
  const [fault] = await mutate(name, theirs);
  const expected = name === 'claimSteps' ? { code: 'FORBIDDEN', path: ['input', 'gatewayId'] } : { code: 'NOT_FOUND', path: ['input', expect.stringMatching(/^(runId|stepResultId)$/)] };
  expect(fault).toMatchObject(expected);
  expect(await runtime.attempts(runId)).toEqual(before);
});

test('a thread is not put down to another gateway either', async () => {
  expect(await runtime.mutate('createStepThread', { runId, stepId: 'work', threadId: 'u', gatewayId: theirs.subject }, '', ours)).toMatchObject({ userErrors: [{ code: 'FORBIDDEN', path: ['input', 'gatewayId'] }] });
});

test('a gateway\'s own runtime does all of it, one after the other', async () => {
  for (const name of names.filter((each) => !['requestApproval', 'requestHumanInput', 'reportStepFailed'].includes(each))) expect({ name, faults: await mutate(name, ours) }).toEqual({ name, faults: [] });
  expect(await runtime.attempts(runId)).toContain('work 1 COMPLETED');
});

test('it asks people, and asking once more with the same key answers what they have said', async () => {
  const { id } = await runtime.start('  - { id: other, role: auditor, command: c }');
  const { other } = await runtime.take();
  const mutation = 'mutation ($input: RequestHumanInputInput!) { requestHumanInput(input: $input) { humanInputRequest { id status response run { id } } } }';
  const ask = async () => (await runtime.ask(mutation, { input: { stepResultId: other?.id, prompt: '?', idempotencyKey: 'once' } }, ours)).data;
  const asked = await ask();
  const [question] = await runtime.questions(id) as [{ id: string }];
  expect(asked).toEqual({ requestHumanInput: { humanInputRequest: { id: question.id, status: 'PENDING', response: null, run: null } } });
  await runtime.must('answerHumanInput', { id: question.id, response: 'yes' });
  expect(await ask()).toEqual({ requestHumanInput: { humanInputRequest: { id: question.id, status: 'ANSWERED', response: 'yes', run: null } } });
});

test('whoever executes workflows does so for all gateways, and nothing more is read for that', async () => {
  const { id } = await runtime.start('  - { id: more, role: clerk, command: c }');
  const statements = async (principal: Principal) => {
    runtime.statements.clear();
    await runtime.must('createRunArtifact', { runId: id, ...file, name: principal.kind }, '', principal);
    return runtime.statements.texts.filter((text) => text.includes('"gatewayId"')).length;
  };
  expect([await statements({ ...theirs, kind: 'user', scopes: ['workflow:execute'] }), await statements(ours)]).toEqual([0, 1]);
});
