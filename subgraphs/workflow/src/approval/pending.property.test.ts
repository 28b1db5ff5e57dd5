import { runSql } from '@forge/testing';
import { dice, type Dice } from '../engine/fixture/dice.ts';
import { startRuntime, type Answer, type Runtime } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
let workflowId: string;
beforeAll(async () => {
  runtime = await startRuntime();
  await runtime.employ('clerk', 1_000);
  workflowId = await runtime.publish(`
  - { id: a, role: clerk, command: c, approval: true, on_failure: retry_once_then_escalate }
  - { id: b, role: clerk, command: c, on_failure: skip }
  - { id: c, role: clerk, command: c, depends_on: [a, b], approval: true, on_failure: retry_once }
  - { id: d, role: clerk, command: c, depends_on: [b] }`);
});
afterAll(() => runtime.close());

/** What may happen to a run, whatever it is at; answers are refusals or not. */
const operations: Record<string, (runId: string, dice: Dice) => Promise<unknown>> = {
  ask: (runId, { pick }) => runtime.mutate('requestApproval', { runId, stepId: pick(['a', 'b', 'c', 'd']), summary: 's', source: pick(['WORKFLOW', 'POLICY', 'ESCALATION']) }),
  decide: async (runId, { pick, isLucky }) => {
    const open = (await runtime.approvals(runId)).filter(({ status }) => status === 'PENDING');
    return open.length > 0 && runtime.mutate('resolveApproval', { id: pick(open).id, approve: isLucky(0.8) });
  },
  begin: () => runtime.take(),
  complete: async (runId, { pick }) => {
    const running = await underWay(runId, 'RUNNING');
    return running.length > 0 && runtime.complete(pick(running));
  },
  fail: async (runId, { pick }) => {
    const running = await underWay(runId, 'RUNNING');
    return running.length > 0 && runtime.fail(pick(running));
  },
  question: async (runId, { pick }) => {
    const running = await underWay(runId, 'RUNNING');
    return running.length > 0 && runtime.mutate('requestHumanInput', { stepResultId: pick(running).id, prompt: '?', expiresInSeconds: pick([null, 600]) });
  },
  answer: async (runId, { pick, isLucky }) => {
    const open = (await runtime.questions(runId)).filter(({ status }) => status === 'PENDING');
    return open.length > 0 && (isLucky(0.7) ? runtime.mutate('answerHumanInput', { id: pick(open).id, response: 1 }) : runtime.mutate('cancelHumanInput', { id: pick(open).id }));
  },
  rewind: async (runId, { pick }) => runtime.mutate('rewindRun', { id: runId, checkpointId: pick([null, ...(await runtime.checkpoints(runId)).map(({ id }) => id as string)]) }),
  time: async (_, { pick }) => {
    runtime.later(pick([1_000, 700_000, 3 * 24 * 3_600_000]));
    for (const task of ['expire-leases', 'expire-human-inputs', 'attend-approvals']) await runtime.runTask(task);
  },
};
const names = ['ask', 'ask', 'decide', 'decide', 'decide', 'begin', 'begin', 'begin', 'complete', 'complete', 'fail', 'question', 'question', 'answer', 'answer', 'rewind', 'time'] as const;

const underWay = async (runId: string, status: string): Promise<Answer[]> => Object.values(await runtime.steps(runId)).filter((step) => step.status === status && !step.clearedAt);

/** What is wrong with a run, by its own rows; empty when nothing is. */
async function contradictions(runId: string): Promise<unknown[]> {
  return runSql(runtime.databaseUrl, `
    SELECT run."status", "pendingApprovals", "pendingHumanInputs", asked.approvals, asked.questions, held
    FROM "workflowRuns" AS run, LATERAL (SELECT
      (SELECT count(*) FROM "approvals" WHERE "runId" = run."id" AND "status" = 'PENDING') AS approvals,
      (SELECT count(*) FROM "humanInputRequests" WHERE "runId" = run."id" AND "status" = 'PENDING') AS questions,
      (SELECT count(*) FROM "stepResults" WHERE "runId" = run."id" AND "heldFor" = 'HUMAN_INPUT') AS held,
      (SELECT count(*) FROM "stepResults" AS step WHERE "runId" = run."id" AND "heldFor" = 'APPROVAL'
        AND NOT EXISTS (SELECT FROM "approvals" WHERE "stepResultId" = step."id" AND "status" = 'PENDING')) AS forgotten,
      (SELECT count(*) FROM "stepResults" WHERE "runId" = run."id" AND "status" IN ('PENDING', 'HELD', 'DISPATCHED', 'RUNNING') AND ("clearedAt" IS NOT NULL OR run."completedAt" IS NOT NULL)) AS stray
    ) AS asked
    WHERE run."id" = $1 AND ("pendingApprovals" <> asked.approvals OR "pendingHumanInputs" <> asked.questions OR held <> asked.questions OR forgotten > 0 OR stray > 0
      OR (run."status" = 'PAUSED') <> (asked.approvals + asked.questions > 0))`, [runId]);
}

test.each([1, 2, 3, 4, 5])('after whatever happens to a run it is PAUSED exactly while people are asked, and counts them right (seed %i)', async (seed) => {
  const luck = dice(seed);
  const runId = await runtime.startOf(workflowId);
  const happened: string[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < 32; i++) {
    const name = luck.pick(names);
    happened.push(name);
    await operations[name]?.(runId, luck);
    expect([happened, await contradictions(runId)]).toEqual([happened, []]);
    seen.add((await runtime.run(runId)).status);
  }
  await runtime.mutate('cancelRun', { id: runId });
  expect([...seen]).toEqual(expect.arrayContaining(['RUNNING', 'PAUSED']));
});

test.each([11, 12, 13])('the same when four things happen at once (seed %i)', async (seed) => {
  const luck = dice(seed);
  const runId = await runtime.startOf(workflowId);
  for (let i = 0; i < 12; i++) {
    const four = Array.from({ length: 4 }, () => luck.pick(names));
    // A report of what another operation has just ended is refused; that is no contradiction.
    const outcomes = await Promise.allSettled(four.map(async (name) => operations[name]?.(runId, luck)));
    const surprises = outcomes.flatMap((each) => (each.status === 'rejected' && !/^Error: report\w+: \[{"code":"(INVALID_TRANSITION|LIMIT_REACHED)"/.test(String(each.reason)) ? [String(each.reason)] : []));
    expect(surprises).toEqual([]);
    expect([four, await contradictions(runId)]).toEqual([four, []]);
  }
  await runtime.mutate('cancelRun', { id: runId });
});
