import { anotherOrganisation, runSql } from '@forge/testing';
import { setTimeout } from 'node:timers/promises';
import { agentOf, gatewayId, startRuntime, type Runtime, type Step } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => (runtime = await startRuntime()));
afterEach(async () => {
  for (const { id } of await runtime.prisma.workflowRun.findMany({ where: { completedAt: null } })) await runtime.must('cancelRun', { id });
  await runSql(runtime.databaseUrl, 'DELETE FROM "knownAgents"');
});
afterAll(() => runtime.close());

const wide = (count: number, roleOf: (i: number) => string) => Array.from({ length: count }, (_, i) => `  - { id: s${i}, role: ${roleOf(i)}, command: c }`).join('\n');

/** Claims until nothing is left; each claim is noted. */
async function claimAll(max: number): Promise<Step[]> {
  const all: Step[] = [];
  for (;;) {
    const claimed = await runtime.claim({ max });
    if (claimed.length === 0) return all;
    all.push(...claimed);
  }
}

/** How many attempts each agent has in hand. */
async function inHand(): Promise<Record<string, number>> {
  const rows = await runSql<{ agentId: string; count: number }>(runtime.databaseUrl, `
    SELECT "agentId", count(*)::int FROM "stepResults" WHERE "status" IN ('DISPATCHED', 'RUNNING') OR "heldFor" = 'HUMAN_INPUT' GROUP BY 1`);
  return Object.fromEntries(rows.map(({ agentId, count }) => [agentId, count]));
}

test('sixteen claimers at once share two hundred steps, and none is given to two', async () => {
  await runtime.employ('clerk', 1_000);
  for (let i = 0; i < 2; i++) await runtime.start(wide(100, () => 'clerk'));
  await runtime.answerBudgets();
  const claims = await Promise.all(Array.from({ length: 16 }, (_, i) => claimAll(i + 1)));
  expect(claims.map((claimed) => claimed.length).reduce((a, b) => a + b)).toBe(200);
  expect(new Set(claims.flat().map(({ id }) => id)).size).toBe(200);
});

test('no agent has more in hand than it may, however many claim at once and whoever else does', async () => {
  const roles = ['one', 'two', 'three', 'five'];
  for (const [i, role] of roles.entries()) await runtime.employ(role, [1, 2, 3, 5][i] as number);
  await runtime.start(wide(100, (i) => (i < 92 ? roles[i % 4] as string : 'nobody')));
  await runtime.answerBudgets();
  const most = { [agentOf('one')]: 1, [agentOf('two')]: 2, [agentOf('three')]: 3, [agentOf('five')]: 5, [agentOf('nobody')]: 1 };
  const first = (await Promise.all(Array.from({ length: 16 }, () => claimAll(3)))).flat();
  expect([first.length, await inHand()]).toEqual([12, most]);
  for (let round = 0; round < 3; round++) {
    const given = (await runSql<{ id: string }>(runtime.databaseUrl, `SELECT "id" FROM "stepResults" WHERE "status" = 'DISPATCHED'`)).slice(0, 5);
    await Promise.all(given.map(async (step) => {
      await runtime.begin(step);
      await Promise.all([runtime.complete(step), runtime.claim()]);
    }));
    await Promise.all(Array.from({ length: 8 }, () => runtime.claim()));
    expect(await inHand()).toEqual(most);
  }
});

test('a claim that has not been committed counts for the next, though something older is ready by then', async () => {
  await runtime.start(wide(2, () => 'clerk'));
  await runtime.answerBudgets(undefined, ['s1']);
  const sleep = 'CREATE FUNCTION pg_temp_sleep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END $$';
  await runSql(runtime.databaseUrl, `${sleep}; CREATE TRIGGER slow_claim BEFORE UPDATE ON "stepResults" FOR EACH ROW WHEN (NEW."status" = 'DISPATCHED') EXECUTE FUNCTION pg_temp_sleep()`);
  const slow = runtime.claim();
  await setTimeout(200);
  await runtime.answerBudgets();
  const [first, second] = await Promise.all([slow, runtime.claim()]);
  await runSql(runtime.databaseUrl, 'DROP TRIGGER slow_claim ON "stepResults"');
  expect([first, second].map((claimed) => claimed.map(({ stepId }) => stepId))).toEqual([['s1'], []]);
});

test('an agent that may do less since finishes what it has, and is given no more; what is claimed begins one by one', async () => {
  await runtime.employ('clerk', 3);
  await runtime.start(wide(6, () => 'clerk'));
  await runtime.answerBudgets();
  const [first, second, third] = await runtime.claim();
  await runtime.employ('clerk', 1);
  const starts = await Promise.all([first, second, third].map((step) => runtime.mutate('reportStepStarted', { stepResultId: step?.id, callbackKey: `start ${step?.id}` }, 'accepted')));
  expect(starts.map(({ accepted }) => accepted).sort()).toEqual([false, false, true]);
  expect(starts.flatMap(({ userErrors }) => userErrors)).toEqual(Array(2).fill({
    code: 'LIMIT_REACHED', path: ['input', 'stepResultId'], message: 'stepResultId: its agent is at work on 1 of the 1 steps it may have at a time; report again when one has ended',
  }));
  expect(await runtime.claim()).toEqual([]);
  const begun = [first, second, third][starts.findIndex(({ accepted }) => accepted)];
  await runtime.complete(begun);
  expect(await runtime.claim()).toEqual([]);
  const next = [first, second, third].find((step) => step !== begun);
  expect((await runtime.mutate('reportStepStarted', { stepResultId: next?.id, callbackKey: `start ${next?.id}` }, 'accepted')).accepted).toBe(true);
});

test('a step that waits for an answer keeps its place with the agent', async () => {
  await runtime.employ('clerk', 2);
  const { id } = await runtime.start(wide(2, () => 'clerk'));
  runtime.later(1_000);
  await runtime.start(wide(2, () => 'clerk'));
  await runtime.answerBudgets();
  const [asking, other] = await runtime.claim();
  await runtime.begin(asking);
  await runtime.employ('clerk', 1);
  const { humanInputRequest } = await runtime.must('requestHumanInput', { stepResultId: asking?.id, prompt: '?' }, 'humanInputRequest { id }');
  expect((await runtime.mutate('reportStepStarted', { stepResultId: other?.id, callbackKey: 'start other' })).userErrors).toMatchObject([{ code: 'LIMIT_REACHED' }]);
  expect(await runtime.claim()).toEqual([]);
  await runtime.must('answerHumanInput', { id: humanInputRequest.id, response: 1 });
  expect((await runtime.steps(id))['s0 1'].status).toBe('RUNNING');
});

test('an agent that is PAUSED is given nothing, and what others are given does not wait for it', async () => {
  await runtime.employ('idle', 5, 'PAUSED');
  await runtime.start(wide(4, (i) => (i % 2 ? 'busy' : 'idle')));
  await runtime.answerBudgets();
  expect((await runtime.claim()).map(({ stepId }) => stepId)).toEqual(['s1']);
  await runtime.employ('idle', 5);
  expect((await runtime.claim()).map(({ stepId }) => stepId)).toEqual(['s0', 's2']);
});

test('the oldest are given first', async () => {
  await runtime.employ('clerk', 100);
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) {
    runtime.later(1_000);
    ids.push((await runtime.start(wide(2, () => 'clerk'))).id);
  }
  await runtime.answerBudgets();
  const given: string[] = [];
  for (let i = 0; i < 4; i++) given.push(...(await runtime.claim({ max: 2 })).map(({ runId, stepId }) => `${ids.indexOf(runId)} ${stepId}`));
  expect(given).toEqual(['0 s0', '0 s1', '1 s0', '1 s1', '2 s0', '2 s1', '3 s0', '3 s1']);
});

test('nothing of a run that is PAUSED is given, and all of it when it goes on', async () => {
  const { id } = await runtime.start(wide(2, (i) => `r${i}`));
  await runtime.answerBudgets();
  await runtime.must('requestApproval', { runId: id, stepId: 's0', summary: 'Wait' });
  expect(await runtime.claim()).toEqual([]);
  await runtime.decide(id, true);
  expect((await runtime.claim()).map(({ stepId }) => stepId)).toEqual(['s0', 's1']);
});

test('the same claim again, and ten times at once, answers the same attempts as they are by then', async () => {
  await runtime.employ('clerk', 100);
  await runtime.start(wide(6, () => 'clerk'));
  await runtime.answerBudgets();
  const claim = { max: 2, callbackKey: 'claim once' };
  const answers = await Promise.all(Array.from({ length: 10 }, () => runtime.claim(claim)));
  expect(new Set(answers.map((steps) => steps.map(({ stepId }) => stepId).join()))).toEqual(new Set(['s0,s1']));
  await runtime.begin(answers[0]?.[0]);
  expect((await runtime.claim(claim)).map(({ stepId, status }) => `${stepId} ${status}`)).toEqual(['s0 RUNNING', 's1 DISPATCHED']);
  expect((await runtime.mutate('claimSteps', { gatewayId, ...claim, max: 3 })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  expect(await runtime.claim({ max: 100 })).toHaveLength(4);
});

test('another gateway and another organisation are given nothing of this one', async () => {
  await runtime.start(wide(1, () => 'clerk'));
  await runtime.answerBudgets();
  expect(await runtime.claim({ gatewayId: 'gw_01h455vb4pex5vsknk084sn02r' })).toEqual([]);
  expect((await runtime.mutate('claimSteps', { gatewayId, callbackKey: 'theirs' }, 'stepResults { id }', anotherOrganisation)).stepResults).toEqual([]);
  expect(await runtime.claim()).toHaveLength(1);
});

test('every fault of a claim comes at once', async () => {
  const { userErrors } = await runtime.mutate('claimSteps', { gatewayId: 'x', max: 101, leaseSeconds: 4, callbackKey: '' }, 'stepResults { id }');
  expect(userErrors.map(({ path }: { path: string[] }) => path[1])).toEqual(['gatewayId', 'max', 'leaseSeconds', 'callbackKey']);
});
