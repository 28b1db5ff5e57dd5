import { runSql } from '@forge/testing';
import { setTimeout } from 'node:timers/promises';
import { dice } from './fixture/dice.ts';
import { aKey, gatewayId, startRuntime, type Answer, type Runtime, type Step } from './fixture/runtime.ts';

const seed = 20261123;
let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime();
  for (const role of ['clerk', 'auditor', 'writer']) await runtime.employ(role, 4);
});
afterAll(() => runtime.close());

const definitions = [`
  - { id: top, role: clerk, timeout: 30, command: c, outputs: [x] }
  - { id: left, role: auditor, timeout: 30, command: "{{x}}", depends_on: [top], on_failure: retry_once }
  - { id: right, role: writer, timeout: 30, command: c, depends_on: [top], on_failure: skip }
  - { id: both, role: clerk, timeout: 30, command: c, depends_on: [left, right] }
  - { id: end, role: clerk, timeout: 30, command: c, depends_on: [left], condition: "x > 1" }`, `
  - { id: draft, role: writer, timeout: 30, command: c, on_failure: retry_once_then_escalate }
  - { id: pay, role: clerk, timeout: 30, command: c, depends_on: [draft], approval: true, on_failure: retry_once }
  - { id: file, role: clerk, timeout: 30, command: c, depends_on: [pay] }`, `
  - { id: plan, role: writer, timeout: 30, command: c, on_failure: retry_once }
  - { id: write, role: writer, timeout: 30, command: c, depends_on: [plan], on_failure: skip }
  - { id: check, role: auditor, timeout: 30, command: c, depends_on: [write], on_failure: retry_once_then_escalate }`];

test('thirty runs, eight runtimes, people, budgets and clocks at random: every run ends, and nothing contradicts', async () => {
  const luck = dice(seed);
  const workflows = await Promise.all(definitions.map((definition) => runtime.publish(definition)));
  const runs: string[] = [];
  for (let i = 0; i < 30; i++) {
    const delegated = i % 3 === 2 ? { runType: 'DELEGATED', goal: 'g', guardrails: { maxHandoffs: 6 } } : {};
    runs.push(await runtime.startOf(workflows[i % 3] as string, { ...delegated, ...(i > 20 && { parentRunId: luck.pick(runs.slice(0, 10)) }) }).catch(() => runtime.startOf(workflows[0] as string)));
  }

  const begun = new Map<string, number>();
  const refusals = new Map<string, number>();
  let isOver = false;
  const as = async (...[mutation, input, fields]: Parameters<Runtime['mutate']>): Promise<Answer> => {
    const payload = await runtime.mutate(mutation, input, fields);
    for (const { code } of payload.userErrors) refusals.set(`${mutation} ${code}`, (refusals.get(`${mutation} ${code}`) ?? 0) + 1);
    return payload;
  };
  const untilOver = (work: () => Promise<unknown>) => async () => {
    while (!isOver) {
      await work();
      await setTimeout(15);
    }
  };

  const report = async (step: Step) => {
    const key = aKey();
    const input = luck.isLucky(0.15)
      ? { stepResultId: step.id, callbackKey: key, error: { code: 'BROKEN', message: 'it broke', retryable: luck.isLucky(0.8) } }
      : { stepResultId: step.id, callbackKey: key, output: { x: luck.pick([1, 2]) }, handoffs: step.stepId === 'check' ? (luck.isLucky(0.3) ? [{ toStepId: 'write' }] : []) : step.stepId === 'plan' ? [{ toStepId: 'write' }] : step.stepId === 'write' ? [{ toStepId: 'check' }] : [] };
    const send = () => as('error' in input ? 'reportStepFailed' : 'reportStepCompleted', input, 'accepted');
    const answers = await Promise.all(luck.isLucky(0.2) ? [send(), send()] : [send()]);
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    // Past maxHandoffs it finishes without.
    if (answers[0].userErrors[0]?.code === 'LIMIT_REACHED') await as('reportStepCompleted', { ...input, callbackKey: aKey(), handoffs: [] });
  };
  const aRuntime = untilOver(async () => {
    for (const step of (await as('claimSteps', { gatewayId, callbackKey: aKey(), max: 3, leaseSeconds: 20 }, 'stepResults { id runId stepId }')).stepResults as Step[]) {
      const { accepted } = await as('reportStepStarted', { stepResultId: step.id, callbackKey: aKey() }, 'accepted');
      if (accepted) begun.set(step.id, (begun.get(step.id) ?? 0) + 1);
      if (!accepted || luck.isLucky(0.05)) continue;
      if (luck.isLucky(0.05)) await as('requestHumanInput', { stepResultId: step.id, prompt: '?', expiresInSeconds: 60 });
      else await report(step);
    }
  });
  const people = untilOver(async () => {
    const query = 'query { approvals(where: { status: { eq: PENDING } }) { nodes { id } } humanInputRequests(where: { status: { eq: PENDING } }) { nodes { id } } }';
    const { approvals, humanInputRequests } = await runtime.data(query);
    await Promise.all(approvals.nodes.flatMap(({ id }: { id: string }) => [as('resolveApproval', { id, approve: luck.isLucky(0.8) }), as('resolveApproval', { id, approve: true })]));
    for (const { id } of humanInputRequests.nodes) if (luck.isLucky(0.5)) await as('answerHumanInput', { id, response: 1 });
    if (luck.isLucky(0.1)) await as('requestApproval', { runId: luck.pick(runs), stepId: luck.pick(['top', 'pay', 'write', 'both']), summary: 's' });
  });
  const budgets = untilOver(() => runtime.answerBudgets(luck.isLucky(0.03) ? 'nothing is left' : undefined));
  let interventions = 0;
  const managers = untilOver(async () => {
    await setTimeout(25);
    if (interventions++ > 25) return;
    const id = luck.pick(runs);
    if (luck.isLucky(0.15)) await as('cancelRun', { id });
    else await as('rewindRun', { id, checkpointId: luck.pick([null, ...(await runtime.checkpoints(id)).map((each) => each.id as string)]) });
  });
  const time = untilOver(async () => {
    runtime.later(1_000);
    await Promise.all(['expire-leases', 'expire-leases', 'expire-human-inputs', 'attend-approvals', 'stop-overdue-runs'].map((task) => runtime.runTask(task)));
    await runtime.runJobs();
    const [open] = await runSql<{ count: number }>(runtime.databaseUrl, 'SELECT count(*)::int FROM "workflowRuns" WHERE "completedAt" IS NULL');
    if (open?.count === 0 && interventions > 25) isOver = true;
  });
  await Promise.all([...Array.from({ length: 8 }, aRuntime), people(), budgets(), managers(), time()]);

  expect([...refusals.keys()].filter((refusal) => !/ (INVALID_TRANSITION|CONFLICT|LIMIT_REACHED)$/.test(refusal) && refusal !== 'requestApproval INVALID')).toEqual([]);
  expect([...begun.values()].filter((times) => times !== 1)).toEqual([]);
  expect(await runSql(runtime.databaseUrl, contradictions)).toEqual([]);
  const [done] = await runSql<{ runs: number; completed: number; attempts: number; cleared: number }>(runtime.databaseUrl, `
    SELECT (SELECT count(*)::int FROM "workflowRuns") AS runs, (SELECT count(*)::int FROM "workflowRuns" WHERE "status" = 'COMPLETED') AS completed,
      (SELECT count(*)::int FROM "stepResults") AS attempts, (SELECT count(*)::int FROM "stepResults" WHERE "clearedAt" IS NOT NULL) AS cleared`);
  expect(done?.runs).toBe(30);
  expect(done?.completed).toBeGreaterThan(5);
  expect(done?.attempts).toBeGreaterThan(90);
  expect(done?.cleared).toBeGreaterThan(10);
}, 60_000);

/** Runs and attempts that are not as ended ones must be; none. */
const contradictions = `
  SELECT 'run', "id", "status"::text FROM "workflowRuns" WHERE "completedAt" IS NULL OR "pendingApprovals" + "pendingHumanInputs" > 0 OR "waitingReason" IS NOT NULL OR ("status" = 'FAILED' AND "failureSnapshot" IS NULL)
  UNION ALL SELECT 'open', "id", "status"::text FROM "stepResults" WHERE "status" IN ('PENDING', 'HELD', 'DISPATCHED', 'RUNNING')
  UNION ALL SELECT 'question', "id", "status"::text FROM "humanInputRequests" WHERE "status" = 'PENDING' UNION ALL SELECT 'approval', "id", "status"::text FROM "approvals" WHERE "status" = 'PENDING'
  UNION ALL SELECT 'completed with what is not done', run."id", step."status"::text FROM "workflowRuns" AS run JOIN "stepResults" AS step ON step."runId" = run."id" AND "clearedAt" IS NULL
    WHERE run."status" = 'COMPLETED' AND step."status" = 'CANCELLED'
  UNION ALL SELECT 'reserved twice', "payload"->>'stepResultId', count(*)::text FROM "eventOutbox" WHERE "type" = 'workflow.reservation.requested' GROUP BY 2 HAVING count(*) > 1
  UNION ALL SELECT 'reserved and never released', "payload"->>'stepResultId', '' FROM "eventOutbox" AS asked WHERE "type" = 'workflow.reservation.requested'
    AND NOT EXISTS (SELECT FROM "eventOutbox" AS ended WHERE ended."type" = 'workflow.attempt.ended' AND ended."payload"->>'stepResultId' = asked."payload"->>'stepResultId')
  UNION ALL SELECT 'numbers with gaps', "runId" || ' ' || "stepId", count(*)::text FROM "stepResults" GROUP BY "runId", "stepId" HAVING max("attempt") <> count(*)
  UNION ALL SELECT 'ended before its child', parent."id", child."id" FROM "workflowRuns" AS parent JOIN "workflowRuns" AS child ON child."parentRunId" = parent."id"
    WHERE parent."status" = 'COMPLETED' AND child."completedAt" > parent."completedAt"`;
