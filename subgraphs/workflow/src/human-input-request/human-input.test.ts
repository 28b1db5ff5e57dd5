import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, runSql } from '@forge/testing';
import { startRuntime, type Answer, type Runtime } from '../engine/fixture/runtime.ts';
import { demoOrgId } from '../workflow/fixture.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime();
  await runtime.employ('clerk', 1_000);
});
afterEach(async () => {
  for (const { id } of await runtime.prisma.workflowRun.findMany({ where: { completedAt: null } })) await runtime.must('cancelRun', { id });
});
afterAll(() => runtime.close());

const responseSchema = { type: 'object', required: ['ok'], properties: { ok: { type: 'boolean' }, why: { type: 'string', maxLength: 3 } } };
const fields = 'humanInputRequest { id status response answeredById answeredAt expiresAt }';

/** A run whose step is at work, and asks. */
async function asking(question: object = {}): Promise<{ id: string; step: Answer; questionId: string }> {
  const { id } = await runtime.start('  - { id: work, role: clerk, command: c, timeout: 120 }');
  await runtime.take();
  const { 'work 1': step } = await runtime.steps(id);
  const { humanInputRequest } = await runtime.must('requestHumanInput', { stepResultId: step.id, prompt: 'Is it right?', ...question }, fields);
  return { id, step, questionId: humanInputRequest.id };
}

const reply = (id: string, response: unknown, as?: typeof anotherOrganisation): Promise<Answer> => runtime.mutate('answerHumanInput', { id, response }, fields, as);
const inSeconds = (seconds: number) => new Date(runtime.clock.now.getTime() + seconds * 1_000).toISOString();

test('a step that asks is HELD and its run PAUSED; answered, it is RUNNING with its whole timeout before it', async () => {
  const { id, step, questionId } = await asking({ responseSchema });
  expect([await runtime.run(id), (await runtime.steps(id))['work 1']]).toMatchObject([{ status: 'PAUSED', pendingHumanInputs: 1, pendingApprovals: 0 }, { status: 'HELD', heldFor: 'HUMAN_INPUT', leaseExpiresAt: null }]);
  runtime.later(3_600_000);
  expect(await reply(questionId, { ok: true })).toMatchObject({ userErrors: [], humanInputRequest: { status: 'ANSWERED', response: { ok: true }, answeredById: 'wrk_01jd0000000000000000000001', answeredAt: inSeconds(0) } });
  expect([await runtime.run(id), (await runtime.steps(id))['work 1']]).toMatchObject([{ status: 'RUNNING', pendingHumanInputs: 0 }, { status: 'RUNNING', heldFor: null, leaseExpiresAt: inSeconds(120) }]);
  runtime.later(119_999);
  expect(await runtime.runTask('expire-leases')).toBe(0);
  expect(await runtime.complete(step)).toMatchObject({ accepted: true });
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED' });
});

test('a step that is not taken up again after its answer times out', async () => {
  const { id, questionId } = await asking();
  runtime.later(24 * 3_600_000);
  await reply(questionId, 'yes');
  runtime.later(120_000);
  expect(await runtime.runTask('expire-leases')).toBe(1);
  expect(await runtime.attempts(id)).toEqual(['work 1 TIMED_OUT']);
});

test('an answer that does not fit is refused with every fault, and the question stays open', async () => {
  const { id, questionId } = await asking({ responseSchema });
  expect((await reply(questionId, { why: 'because' })).userErrors).toEqual([
    { code: 'INVALID', path: ['input', 'response'], message: 'response: must have required property \'ok\'' }, { code: 'INVALID', path: ['input', 'response', 'why'], message: 'response.why: must NOT have more than 3 characters' },
  ]);
  expect([await runtime.questions(id), await runtime.run(id)]).toMatchObject([[{ status: 'PENDING', response: null }], { status: 'PAUSED', pendingHumanInputs: 1 }]);
  expect((await reply(questionId, { ok: false })).userErrors).toEqual([]);
});

test('of many answers at once one is taken, and the others are told whose', async () => {
  const { questionId } = await asking();
  const people = Array.from({ length: 10 }, () => newId('Worker'));
  const answers = await Promise.all(people.map((subject) => reply(questionId, subject, { ...anotherOrganisation, orgId: demoOrgId, subject })));
  const winner = people[answers.findIndex(({ humanInputRequest }) => humanInputRequest)];
  expect(answers.filter(({ humanInputRequest }) => humanInputRequest)).toMatchObject([{ humanInputRequest: { response: winner, answeredById: winner } }]);
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(Array(9).fill({ code: 'CONFLICT', path: ['input', 'id'], message: `id: was answered by ${winner} at ${inSeconds(0)} already` }));
});

test('a question that nobody answered in time is EXPIRED, once with four replicas, and its step goes on without', async () => {
  const { id, questionId } = await asking({ expiresInSeconds: 60 });
  runtime.later(59_999);
  expect(await runtime.runTask('expire-human-inputs')).toBe(0);
  runtime.later(1);
  expect((await reply(questionId, 1)).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'id'], message: 'id: the question is EXPIRED and takes no answer' }]);
  await Promise.all(Array.from({ length: 4 }, () => runtime.runTask('expire-human-inputs')));
  expect([await runtime.questions(id), await runtime.run(id), (await runtime.steps(id))['work 1']]).toMatchObject([[{ status: 'EXPIRED', answeredAt: null }], { status: 'RUNNING', pendingHumanInputs: 0 }, { status: 'RUNNING', leaseExpiresAt: inSeconds(120) }]);
  expect((await reply(questionId, 1)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});

test('a question that is taken back takes no answer, and its step goes on', async () => {
  const { id, questionId } = await asking();
  expect((await runtime.must('cancelHumanInput', { id: questionId }, fields)).humanInputRequest).toMatchObject({ status: 'CANCELLED' });
  expect((await runtime.steps(id))['work 1']).toMatchObject({ status: 'RUNNING', leaseExpiresAt: inSeconds(120) });
  expect((await reply(questionId, 1)).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'id'], message: 'id: the question is CANCELLED and takes no answer' }]);
  expect((await runtime.mutate('cancelHumanInput', { id: questionId })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});

test('with a run that is called off its question is closed', async () => {
  const { id, questionId } = await asking();
  await runtime.must('cancelRun', { id });
  expect([await runtime.questions(id), await runtime.run(id)]).toMatchObject([[{ status: 'CANCELLED' }], { status: 'CANCELLED', pendingHumanInputs: 0 }]);
  expect((await reply(questionId, 1)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});

test('only a step that is RUNNING asks; every fault of a question comes at once', async () => {
  const { step } = await asking();
  const ask = async (input: object) => (await runtime.mutate('requestHumanInput', { stepResultId: step.id, prompt: '?', ...input })).userErrors;
  expect(await ask({})).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'stepResultId'], message: 'stepResultId: the attempt is HELD; only one that is RUNNING asks people' }]);
  const faults = await ask({ stepResultId: 'x', prompt: '', responseSchema: { $async: true }, expiresInSeconds: 59, idempotencyKey: '' });
  expect(faults.map(({ path }: { path: string[] }) => path[1]).sort()).toEqual(['expiresInSeconds', 'idempotencyKey', 'prompt', 'responseSchema', 'stepResultId']);
  expect(await ask({ responseSchema: { type: 'nothing' } })).toMatchObject([{ code: 'INVALID', path: ['input', 'responseSchema'], message: expect.stringContaining('is not a JSON Schema') }]);
});

test('the same question put ten times at once is one', async () => {
  const { id } = await runtime.start('  - { id: work, role: clerk, command: c }');
  await runtime.take();
  const { 'work 1': step } = await runtime.steps(id);
  const asked = await Promise.all(Array.from({ length: 10 }, () => runtime.must('requestHumanInput', { stepResultId: step.id, prompt: '?', idempotencyKey: 'ask once' }, fields)));
  expect(new Set(asked.map(({ humanInputRequest }) => humanInputRequest.id)).size).toBe(1);
  expect(await runtime.run(id)).toMatchObject({ status: 'PAUSED', pendingHumanInputs: 1 });
});

test('a schema that keeps us busy is refused an answer in bounded time, and the question can be taken back', async () => {
  const { id, questionId } = await asking({ responseSchema: { type: 'string', pattern: '^(a+)+$' } });
  const start = performance.now();
  expect((await reply(questionId, `${'a'.repeat(80)}b`)).userErrors).toEqual([{
    code: 'INVALID', path: ['input', 'response'], message: 'response: cannot be checked, since the question\'s responseSchema takes too long to work out; put the question anew with another',
  }]);
  expect(performance.now() - start).toBeLessThan(3_000);
  expect((await reply(questionId, 'aaa')).userErrors).toEqual([]);
  expect(await runtime.run(id)).toMatchObject({ status: 'RUNNING' });
});

test('another organisation, and an id that leads nowhere, find no question and no attempt', async () => {
  const { id, step, questionId } = await asking();
  const none = [{ code: 'NOT_FOUND', path: ['input', 'id'], message: 'id: leads to no HumanInputRequest' }];
  expect([(await reply(questionId, 1, anotherOrganisation)).userErrors, (await reply(newId('HumanInputRequest'), 1)).userErrors]).toEqual([none, none]);
  expect((await runtime.mutate('cancelHumanInput', { id: questionId }, '', anotherOrganisation)).userErrors).toEqual(none);
  expect((await runtime.mutate('requestHumanInput', { stepResultId: step.id, prompt: '?' }, '', anotherOrganisation)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await runtime.questions(id)).toMatchObject([{ status: 'PENDING' }]);
  expect(await runSql(runtime.databaseUrl, 'SELECT 1 FROM "humanInputRequests" WHERE "orgId" <> $1', [demoOrgId])).toEqual([]);
});
