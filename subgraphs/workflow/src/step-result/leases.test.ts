import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { setTimeout } from 'node:timers/promises';
import { modelId, startRuntime, type Answer, type Runtime, type Step } from '../engine/fixture/runtime.ts';
import { expireLeases } from '../jobs/expire-leases.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime();
  await runtime.employ('clerk', 1_000);
});
afterEach(async () => {
  for (const { id } of await runtime.prisma.workflowRun.findMany({ where: { completedAt: null } })) await runtime.must('cancelRun', { id });
});
afterAll(() => runtime.close());

/** A run of one step, claimed for a minute. */
async function claimed(keys = '', lease: object = {}): Promise<{ id: string; step: Step }> {
  const { id } = await runtime.start(`  - { id: work, role: clerk, command: c${keys} }`);
  await runtime.answerBudgets();
  const [step] = await runtime.claim({ leaseSeconds: 60, ...lease });
  if (!step) throw new Error('nothing was claimed');
  return { id, step };
}

const inSeconds = (seconds: number) => new Date(runtime.clock.now.getTime() + seconds * 1_000).toISOString();
const renew = ({ id }: Step, leaseSeconds = 60): Promise<Answer> => runtime.mutate('renewStepLease', { stepResultId: id, leaseSeconds }, 'stepResult { leaseExpiresAt }');
const expire = () => runtime.runTask('expire-leases');

test('an attempt whose lease runs out is TIMED_OUT, and its on_failure says what follows', async () => {
  const halted = await claimed();
  expect(halted.step.leaseExpiresAt).toBe(inSeconds(60));
  runtime.later(59_999);
  expect(await expire()).toBe(0);
  runtime.later(1);
  expect(await expire()).toBe(1);
  expect(await runtime.run(halted.id)).toMatchObject({ status: 'FAILED', failureSnapshot: { code: 'TIMED_OUT', message: 'Its gateway claimed it and did not begin in time.', stepId: 'work' } });
  const again = await claimed(', on_failure: retry_once');
  await runtime.begin(again.step);
  runtime.later(60_000);
  await expire();
  expect(await runtime.attempts(again.id)).toEqual(['work 1 TIMED_OUT', 'work 2 HELD']);
  expect((await runtime.steps(again.id))['work 1']).toMatchObject({ error: { code: 'TIMED_OUT', message: 'No result came before its lease ran out.', retryable: true }, leaseExpiresAt: null });
  expect((await runtime.told('workflow.attempt.ended')).filter(({ payload }) => payload.stepResultId === again.step.id)).toMatchObject([{ payload: { calls: [] } }]);
});

test('no lease and no renewal reaches past the step\'s timeout, counted from the claim', async () => {
  const short = await claimed(', timeout: 30');
  expect(short.step.leaseExpiresAt).toBe(inSeconds(30));
  const { step } = await claimed(', timeout: 100');
  const end = inSeconds(100);
  runtime.later(50_000);
  expect((await renew(step)).stepResult.leaseExpiresAt).toBe(end);
  expect((await renew(step, 3_600)).stepResult.leaseExpiresAt).toBe(end);
  runtime.later(49_999);
  expect((await renew(step)).stepResult.leaseExpiresAt).toBe(end);
  runtime.later(1);
  expect((await renew(step)).userErrors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'stepResultId'], message: 'stepResultId: the attempt is DISPATCHED and its lease is over; claim another' }]);
});

test('a renewal never shortens a lease', async () => {
  const { step } = await claimed('', { leaseSeconds: 300 });
  const end = inSeconds(300);
  expect((await renew(step, 5)).stepResult.leaseExpiresAt).toBe(end);
});

test('renewed and expired at the same instant, an attempt is one or the other, and the renewer knows which', async () => {
  for (let i = 0; i < 20; i++) {
    const { id, step } = await claimed();
    runtime.later(59_999);
    // Another machine's clock is a millisecond ahead.
    const expiring = () => expireLeases(runtime.prisma, new Date(runtime.clock.now.getTime() + 1));
    const [{ stepResult, userErrors }] = await Promise.all(i % 2 ? [renew(step), expiring(), expiring()] : [setTimeout(i / 2).then(() => renew(step)), expiring(), expiring()]);
    const { status, leaseExpiresAt } = (await runtime.steps(id))['work 1'];
    expect([status, leaseExpiresAt]).toEqual(userErrors.length === 0 ? ['DISPATCHED', stepResult.leaseExpiresAt] : ['TIMED_OUT', null]);
    await runtime.mutate('cancelRun', { id });
  }
});

test('a report that comes after the lease ran out is not accepted, and its calls are told of all the same', async () => {
  const { step } = await claimed();
  await runtime.begin(step);
  runtime.later(60_000);
  await expire();
  const usage = [{ idempotencyKey: 'late call', occurredAt: runtime.clock.now, modelId, inputTokens: 7, outputTokens: 3 }];
  expect(await runtime.complete(step, { x: 1 }, { usage })).toMatchObject({ accepted: false, stepResult: { status: 'TIMED_OUT', output: null } });
  expect(await runtime.fail(step, {}, { usage })).toMatchObject({ accepted: false, stepResult: { status: 'TIMED_OUT' } });
  const told = (await runtime.told('workflow.attempt.ended')).filter(({ payload }) => payload.stepResultId === step.id);
  expect(told.map(({ payload }) => payload.calls.map(({ idempotencyKey }: { idempotencyKey: string }) => idempotencyKey))).toEqual([[], ['late call'], ['late call']]);
});

test('four replicas sweep at once, and each attempt is given up once', async () => {
  const { id } = await runtime.start(Array.from({ length: 30 }, (_, i) => `  - { id: s${i}, role: clerk, command: c, on_failure: retry_once }`).join('\n'));
  await runtime.answerBudgets();
  await runtime.claim({ leaseSeconds: 60, max: 100 });
  runtime.later(60_000);
  await Promise.all(Array.from({ length: 4 }, expire));
  expect(await runtime.attempts(id)).toEqual(Array.from({ length: 30 }, (_, i) => [`s${i} 1 TIMED_OUT`, `s${i} 2 HELD`]).flat().sort());
  const ended = (await runtime.told('workflow.attempt.ended')).filter(({ subject }) => subject === id);
  expect(ended).toHaveLength(30);
});

test('what a sweep cannot give up does not hold back the rest, and is told', async () => {
  const broken = await claimed();
  const { id } = await claimed();
  await runtime.prisma.$executeRawUnsafe(`
    CREATE FUNCTION refuse_timeout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."status" = 'TIMED_OUT' AND NEW."id" = '${broken.step.id}' THEN RAISE 'no'; END IF; RETURN NEW; END $$`);
  await runtime.prisma.$executeRawUnsafe('CREATE TRIGGER refuse_timeout BEFORE UPDATE ON "stepResults" FOR EACH ROW EXECUTE FUNCTION refuse_timeout()');
  runtime.later(60_000);
  await expect(expire()).rejects.toThrow('1 of 2 failed');
  expect([(await runtime.run(broken.id)).status, (await runtime.run(id)).status]).toEqual(['RUNNING', 'FAILED']);
  await runtime.prisma.$executeRawUnsafe('DROP TRIGGER refuse_timeout ON "stepResults"');
  expect(await expire()).toBe(1);
});

test('a step that waits for people has no lease, and says so when it is renewed', async () => {
  const { id, step } = await claimed();
  await runtime.begin(step);
  await runtime.must('requestHumanInput', { stepResultId: step.id, prompt: '?' });
  expect((await renew(step)).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION', message: 'stepResultId: the attempt is HELD until people have answered, and has no lease meanwhile' }]);
  runtime.later(30 * 24 * 3_600_000);
  expect(await expire()).toBe(0);
  expect((await runtime.steps(id))['work 1']).toMatchObject({ status: 'HELD', leaseExpiresAt: null });
});

test('another organisation, and an id that leads nowhere, find no attempt', async () => {
  const { step } = await claimed();
  const none = [{ code: 'NOT_FOUND', path: ['input', 'stepResultId'], message: 'stepResultId: leads to no StepResult' }];
  expect((await runtime.mutate('renewStepLease', { stepResultId: step.id }, '', anotherOrganisation)).userErrors).toEqual(none);
  expect((await runtime.mutate('renewStepLease', { stepResultId: newId('StepResult') })).userErrors).toEqual(none);
});
