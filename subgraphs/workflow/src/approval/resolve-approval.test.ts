import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, runSql } from '@forge/testing';
import { agentOf, startRuntime, type Answer, type Runtime } from '../engine/fixture/runtime.ts';
import { demoOrgId } from '../workflow/fixture.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime();
  await runtime.employ('clerk', 1_000);
});
afterAll(() => runtime.close());

const as = (subject: string, ...scopes: string[]) => ({ ...anotherOrganisation, orgId: demoOrgId, subject, scopes });
const resolve = (id: string, approve: boolean, who?: typeof anotherOrganisation, comment?: string): Promise<Answer> =>
  runtime.mutate('resolveApproval', { id, approve, comment }, 'approval { id status resolvedById resolvedAt comment }', who);

const ask = async (runId: string, stepId: string, more: object = {}): Promise<string> =>
  (await runtime.must('requestApproval', { runId, stepId, summary: 'May it?', ...more }, 'approval { id }')).approval.id;

test('two people who decide at the same instant, two hundred times: one wins, the other is told who', async () => {
  const workflowId = await runtime.publish('  - { id: pay, role: clerk, command: c, approval: true }');
  const winners: string[] = [];
  const race = async (i: number) => {
    const runId = await runtime.startOf(workflowId);
    const [{ id }] = await runtime.approvals(runId) as [Answer];
    const people = [newId('Worker'), newId('Worker')] as [string, string];
    const answers = await Promise.all(people.map((person, j) => resolve(id, (i + j) % 2 === 0, as(person, 'governance:approve'))));
    const [won, lost] = answers[0].approval ? answers : answers.toReversed();
    const winner = people[answers.indexOf(won)] as string;
    const status = won.approval.status as string;
    expect(won).toEqual({ approval: { id, status, resolvedById: winner, resolvedAt: runtime.clock.now.toISOString(), comment: null }, userErrors: [] });
    expect(lost).toEqual({ approval: null, userErrors: [{ code: 'CONFLICT', path: ['input', 'id'], message: `id: was ${status} by ${winner} at ${runtime.clock.now.toISOString()} already` }] });
    expect(await runtime.run(runId)).toMatchObject({ status: status === 'APPROVED' ? 'RUNNING' : 'FAILED', pendingApprovals: 0 });
    winners.push(status);
  };
  for (let i = 0; i < 200; i += 10) await Promise.all(Array.from({ length: 10 }, (_, j) => race(i + j)));
  expect(new Set(winners)).toEqual(new Set(['APPROVED', 'REJECTED']));
  expect(winners).toHaveLength(200);
}, 60_000);

test('who has not the scope decides nothing, and nothing is read for them', async () => {
  const { id: runId } = await runtime.start('  - { id: pay, role: clerk, command: c, approval: true }');
  const [{ id }] = await runtime.approvals(runId) as [Answer];
  runtime.statements.clear();
  const { data, errors } = await runtime.ask('mutation ($id: ID!) { resolveApproval(input: { id: $id, approve: true }) { approval { id } } }', { id }, as(newId('Worker'), 'workflow:write', 'governance:write'));
  expect([data, errors]).toEqual([{ resolveApproval: null }, [expect.objectContaining({ message: 'This needs the scope governance:approve.', path: ['resolveApproval'], extensions: { code: 'FORBIDDEN' } })]]);
  expect(runtime.statements.texts).toEqual([]);
  expect(await runtime.run(runId)).toMatchObject({ status: 'PAUSED', pendingApprovals: 1 });
});

test('an agent of the run decides nothing, whoever else has the scope does', async () => {
  const { id: runId } = await runtime.start('  - { id: pay, role: clerk, command: c, approval: true }\n  - { id: see, role: auditor, command: c }');
  const [{ id }] = await runtime.approvals(runId) as [Answer];
  for (const role of ['clerk', 'auditor']) {
    expect((await resolve(id, true, as(agentOf(role), 'governance:approve'))).userErrors).toEqual([{ code: 'FORBIDDEN', path: ['input', 'id'], message: 'id: an agent of the run does not decide over it' }]);
  }
  expect(await runtime.run(runId)).toMatchObject({ status: 'PAUSED', pendingApprovals: 1 });
  expect((await resolve(id, true, as(agentOf('somebody else'), 'governance:approve'))).approval).toMatchObject({ status: 'APPROVED', resolvedById: null });
});

test('another organisation, and an id that leads nowhere, find no approval', async () => {
  const { id: runId } = await runtime.start('  - { id: pay, role: clerk, command: c, approval: true }');
  const [{ id }] = await runtime.approvals(runId) as [Answer];
  const none = { approval: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'id'], message: 'id: leads to no Approval' }] };
  expect([await resolve(id, true, anotherOrganisation), await resolve(newId('Approval'), true)]).toEqual([none, none]);
  expect((await runtime.mutate('requestApproval', { runId, stepId: 'pay', summary: 's' }, '', anotherOrganisation)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await runtime.run(runId)).toMatchObject({ status: 'PAUSED' });
});

const plain = '  - { id: work, role: clerk, command: c }\n  - { id: next, role: clerk, command: c, depends_on: [work] }';

test('a decision that is asked for in the middle of a step pauses the run; approved, it goes on', async () => {
  const { id: runId } = await runtime.start(plain);
  const { work } = await runtime.take();
  const id = await ask(runId, 'work', { severity: 'CRITICAL', policyId: 'pol_01h455vb4pex5vsknk084sn02q' });
  expect(await runtime.run(runId)).toMatchObject({ status: 'PAUSED', pendingApprovals: 1 });
  expect((await runtime.approvals(runId))).toMatchObject([{ source: 'POLICY', severity: 'CRITICAL', stepResultId: work?.id }]);
  await runtime.complete(work);
  expect([await runtime.run(runId), await runtime.take()]).toMatchObject([{ status: 'PAUSED' }, {}]);
  await resolve(id, true);
  expect(await runtime.work()).toEqual(['next']);
});

test('rejected, what is under way fails; a late report of it is not accepted', async () => {
  const { id: runId } = await runtime.start(plain);
  const { work } = await runtime.take();
  await resolve(await ask(runId, 'work'), false, undefined, 'Not so.');
  expect(await runtime.run(runId)).toMatchObject({ status: 'FAILED', failureSnapshot: { code: 'REJECTED', message: 'Rejected: Not so.', stepId: 'work' } });
  expect(await runtime.complete(work)).toMatchObject({ accepted: false, stepResult: { status: 'FAILED' } });
});

test('rejected, what has not begun fails when its turn comes', async () => {
  const { id: runId } = await runtime.start(plain);
  const { work } = await runtime.take();
  await resolve(await ask(runId, 'next'), false);
  expect(await runtime.run(runId)).toMatchObject({ status: 'RUNNING', pendingApprovals: 0 });
  await runtime.complete(work);
  expect(await runtime.attempts(runId)).toEqual(['next 1 FAILED', 'work 1 COMPLETED']);
  expect(await runtime.run(runId)).toMatchObject({ status: 'FAILED', failureSnapshot: { code: 'REJECTED', stepId: 'next' } });
});

test('rejected, what is done already fails the run, so that nothing builds on it', async () => {
  const { id: runId } = await runtime.start(plain);
  const { work } = await runtime.take();
  const id = await ask(runId, 'work');
  await runtime.complete(work);
  await resolve(id, false);
  expect(await runtime.run(runId)).toMatchObject({ status: 'FAILED', pendingApprovals: 0, failureSnapshot: { code: 'REJECTED', stepId: 'work' } });
  expect(await runtime.attempts(runId)).toEqual(['next 1 CANCELLED', 'work 1 COMPLETED']);
});

test('a run whose last step is done waits for the decision about it', async () => {
  const [approved, rejected] = [await runtime.start('  - { id: last, role: clerk, command: c }'), await runtime.start('  - { id: last, role: clerk, command: c }')];
  await runtime.take();
  for (const { id: runId } of [approved, rejected]) {
    const id = await ask(runId, 'last');
    await runtime.complete((await runtime.steps(runId))['last 1']);
    expect(await runtime.run(runId)).toMatchObject({ status: 'PAUSED', pendingApprovals: 1, completedAt: null });
    await resolve(id, runId === approved.id);
  }
  expect([(await runtime.run(approved.id)).status, (await runtime.run(rejected.id)).status]).toEqual(['COMPLETED', 'FAILED']);
});

test('a question of a step that is rejected is closed with it', async () => {
  const { id: runId } = await runtime.start('  - { id: work, role: clerk, command: c, on_failure: skip }\n  - { id: other, role: clerk, command: c }');
  const { work } = await runtime.take();
  await runtime.must('requestHumanInput', { stepResultId: work?.id, prompt: '?' });
  const id = await ask(runId, 'work');
  expect(await runtime.run(runId)).toMatchObject({ pendingApprovals: 1, pendingHumanInputs: 1 });
  await resolve(id, false);
  expect([await runtime.run(runId), await runtime.questions(runId)]).toMatchObject([{ status: 'RUNNING', pendingApprovals: 0, pendingHumanInputs: 0 }, [{ status: 'CANCELLED' }]]);
});

test('another\'s consent to an attempt that waits for its own approval does not let it begin', async () => {
  const { id: runId } = await runtime.start('  - { id: pay, role: clerk, command: c, approval: true }');
  await resolve(await ask(runId, 'pay', { source: 'POLICY' }), true);
  expect((await runtime.steps(runId))['pay 1']).toMatchObject({ status: 'HELD', heldFor: 'APPROVAL' });
  await runtime.decide(runId, true);
  expect(await runtime.work()).toEqual(['pay']);
});

test('one decision of a source can be open for a step, however many ask at once; the same call is one', async () => {
  const { id: runId } = await runtime.start(plain);
  const asked = await Promise.all(Array.from({ length: 12 }, () => runtime.mutate('requestApproval', { runId, stepId: 'work', summary: 's' }, 'approval { id }')));
  expect(asked.filter(({ approval }) => approval)).toHaveLength(1);
  expect(asked.filter(({ userErrors }) => userErrors.length > 0).map(({ userErrors }) => userErrors[0].code)).toEqual(Array(11).fill('CONFLICT'));
  const same = await Promise.all(Array.from({ length: 12 }, () => runtime.must('requestApproval', { runId, stepId: 'next', summary: 's', idempotencyKey: 'ask once' }, 'approval { id }')));
  expect(new Set(same.map(({ approval }) => approval.id)).size).toBe(1);
  expect(await runtime.run(runId)).toMatchObject({ status: 'PAUSED', pendingApprovals: 2 });
});

test('for a run that has ended, and a step that is not there, nothing is asked', async () => {
  const { id: runId } = await runtime.start(plain);
  const refusal = async (input: object) => (await runtime.mutate('requestApproval', { runId, stepId: 'work', summary: 's', ...input })).userErrors;
  expect(await refusal({ stepId: 'gone' })).toEqual([{ code: 'INVALID', path: ['input', 'stepId'], message: 'stepId: the run\'s definition has no step "gone"' }]);
  expect((await refusal({ runId: 'x', stepId: '', summary: '', policyId: 'x', channelId: 'y', idempotencyKey: '' })).map(({ path }: { path: string[] }) => path[1]).sort()).toEqual(['channelId', 'idempotencyKey', 'policyId', 'runId', 'stepId', 'summary']);
  await runtime.must('cancelRun', { id: runId });
  expect(await refusal({})).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'runId'], message: 'runId: the run is CANCELLED; nothing of it needs a decision' }]);
});

test('the database refuses a run that is PAUSED for nothing, or goes on while people are asked', async () => {
  const { id: runId } = await runtime.start(plain);
  for (const change of [`"status" = 'PAUSED'`, '"pendingApprovals" = 1', '"pendingHumanInputs" = 1', '"pendingApprovals" = -1']) {
    await expect(runSql(runtime.databaseUrl, `UPDATE "workflowRuns" SET ${change} WHERE "id" = $1`, [runId])).rejects.toThrow(/workflowRuns_(paused_while_asked|totals_not_negative)/);
  }
});
