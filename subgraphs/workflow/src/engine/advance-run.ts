import { newId } from '@forge/subgraph-kit';
import { parseDefinition } from '../definition/parse-definition.ts';
import { planRun } from '../definition/plan.ts';
import type { Plan, PlannedApproval, PlannedHandoff } from '../definition/plan-types.ts';
import { hasEnded } from '../workflow-run/workflow-run.rules.ts';
import { attemptsOf } from './attempts.ts';
import { beginAttempt } from './begin-attempt.ts';
import { endRun } from './end-run.ts';
import { lockRun, type LockedRun, type Tx } from './run.ts';
import { writeCheckpoint } from './write-checkpoint.ts';

/**
 * Carries a run on as far as it goes: makes attempts of what is ready, leaves out what is not to be done, asks people
 * where that is due, and ends it when nothing is left. All of it is in the database when the transaction is, and nothing
 * anywhere else, so a run goes on from wherever a process was killed. Called after every change, in its transaction.
 */
export async function advanceRun(tx: Tx, orgId: string, runId: string, now: Date): Promise<void> {
  const run = await lockRun(tx, orgId, runId);
  if (!run || hasEnded(run.status)) return;
  if (run.status === 'PENDING') await start(tx, run, now);
  const attempts = await attemptsOf(tx, run);
  const { definition, runType, args } = run;
  const plan = planRun({ definition: parseDefinition(definition), runType, args, attempts, ...(await circumstancesOf(tx, run)) });
  await carryOut(tx, run, plan, now);
  await writeCheckpoint(tx, run, plan.skip.length > 0 ? await attemptsOf(tx, run) : attempts, now);
  switch (plan.end?.status) {
    case undefined: return settle(tx, run, plan.waitingReason);
    case 'COMPLETED': return endRun(tx, run, { status: 'COMPLETED' }, now);
    case 'FAILED': return endRun(tx, run, { status: 'FAILED', failure: { ...plan.end.error, stepId: plan.end.stepId } }, now);
  }
}

async function start(tx: Tx, { orgId, id, guardrails }: LockedRun, now: Date): Promise<void> {
  const deadlineAt = guardrails?.maxDurationMs === undefined ? null : new Date(now.getTime() + guardrails.maxDurationMs);
  await tx.workflowRun.update({ where: { orgId_id: { orgId, id } }, data: { status: 'RUNNING', startedAt: now, deadlineAt } });
}

/** What people have decided, what steps have handed on, what has been forgotten, and how many runs it waits for. */
async function circumstancesOf(tx: Tx, { orgId, id: runId, runType }: LockedRun) {
  const approvals = await tx.$queryRaw<PlannedApproval[]>`
    SELECT approval."stepId", approval."stepResultId", approval."source"::text, approval."status"::text
    FROM "approvals" AS approval LEFT JOIN "stepResults" AS step ON step."orgId" = approval."orgId" AND step."id" = approval."stepResultId"
    WHERE approval."orgId" = ${orgId} AND approval."runId" = ${runId} AND step."clearedAt" IS NULL ORDER BY approval."createdAt", approval."id"`;
  const handoffs = runType === 'PRESCRIPTIVE' ? [] : await tx.$queryRaw<PlannedHandoff[]>`
    SELECT "id", "toStepId", "payload" FROM "handoffs" WHERE "orgId" = ${orgId} AND "runId" = ${runId} AND "clearedAt" IS NULL ORDER BY "createdAt", "id"`;
  const [{ clearedAttempts, openChildRuns } = { clearedAttempts: {}, openChildRuns: 0 }] = await tx.$queryRaw<{ clearedAttempts: Record<string, number>; openChildRuns: number }[]>`
    SELECT (SELECT coalesce(jsonb_object_agg("stepId", attempt), '{}') FROM (
        SELECT "stepId", max("attempt") AS attempt FROM "stepResults" WHERE "orgId" = ${orgId} AND "runId" = ${runId} AND "clearedAt" IS NOT NULL GROUP BY 1) AS cleared) AS "clearedAttempts",
      (SELECT count(*)::int FROM "workflowRuns" WHERE "orgId" = ${orgId} AND "parentRunId" = ${runId} AND "completedAt" IS NULL) AS "openChildRuns"`;
  return { approvals, handoffs, clearedAttempts, openChildRuns };
}

async function carryOut(tx: Tx, run: LockedRun, { begin, skip, fail, escalate }: Plan, now: Date): Promise<void> {
  const { orgId, id: runId, gatewayId } = run;
  const row = { orgId, runId, gatewayId, createdAt: now };
  for (const { reason, ...planned } of skip) {
    await tx.stepResult.create({ data: { ...row, ...planned, id: newId('StepResult', now), status: 'SKIPPED', metadata: { reason } } });
  }
  const failedNow = new Map<string, string>();
  for (const { error, ...planned } of fail) {
    const id = newId('StepResult', now);
    await tx.stepResult.create({ data: { ...row, ...planned, id, status: 'FAILED', error: { ...error } } });
    failedNow.set(`${planned.stepId} ${planned.attempt}`, id);
  }
  for (const each of begin) await beginAttempt(tx, run, each, now);
  for (const { stepId, attempt, stepResultId, summary } of escalate) {
    await tx.approval.create({
      data: {
        id: newId('Approval', now), orgId, runId, stepId, stepResultId: stepResultId ?? failedNow.get(`${stepId} ${attempt}`) ?? null,
        source: 'ESCALATION', severity: 'ELEVATED', requestedAt: now, createdAt: now, summary: summary.slice(0, 2_000),
      },
    });
  }
}

/** Says what a run that goes on waits for: PAUSED exactly while people are asked something. One statement, that writes only what differs. */
async function settle(tx: Tx, { orgId, id }: LockedRun, waitingReason: string | null): Promise<void> {
  await tx.$queryRaw`
    WITH asked AS (
      SELECT (SELECT count(*)::int FROM "approvals" WHERE "orgId" = ${orgId} AND "runId" = ${id} AND "status" = 'PENDING') AS approvals,
        (SELECT count(*)::int FROM "humanInputRequests" WHERE "orgId" = ${orgId} AND "runId" = ${id} AND "status" = 'PENDING') AS questions,
        coalesce((SELECT 'waits for the budgets to cover step ' || string_agg("stepId", ', ' ORDER BY "stepId") FROM "stepResults"
          WHERE "orgId" = ${orgId} AND "runId" = ${id} AND "status" = 'HELD' AND "heldFor" = 'BUDGET'), ${waitingReason}) AS reason
    )
    UPDATE "workflowRuns" SET "pendingApprovals" = approvals, "pendingHumanInputs" = questions, "waitingReason" = reason,
      "status" = CASE WHEN approvals + questions > 0 THEN 'PAUSED' ELSE 'RUNNING' END::"WorkflowRunStatus"
    FROM asked WHERE "orgId" = ${orgId} AND "id" = ${id}
      AND ("pendingApprovals", "pendingHumanInputs", "waitingReason") IS DISTINCT FROM (approvals, questions, reason) RETURNING 1 AS settled`;
}

