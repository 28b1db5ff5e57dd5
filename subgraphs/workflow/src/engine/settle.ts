import type { LockedRun, Tx } from './run.ts';

/**
 * Says what a locked run that goes on waits for: PAUSED exactly while people are asked something. One statement, that writes
 * only what differs.
 * @param waitingReason what it waits for when that is not the budgets.
 */
export async function settle(tx: Tx, { orgId, id }: LockedRun, waitingReason: string | null): Promise<void> {
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
