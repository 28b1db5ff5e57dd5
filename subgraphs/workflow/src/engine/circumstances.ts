import type { PlannedApproval, PlannedHandoff } from '../definition/plan-types.ts';
import type { LockedRun, Tx } from './run.ts';

/** What there is about a locked run besides its attempts. What a rewind has forgotten is left out. */
export interface Circumstances {
  readonly approvals: readonly PlannedApproval[];
  /** Of DELEGATED runs only. */
  readonly handoffs: readonly PlannedHandoff[];
  /** The highest number of a forgotten attempt, by step. */
  readonly clearedAttempts: Readonly<Record<string, number>>;
  readonly openChildRuns: number;
  /** The last; null when there is none. */
  readonly checkpoint: Checkpoint | null;
}

export interface Checkpoint {
  readonly sequence: number;
  readonly completedStepIds: readonly string[];
  readonly skippedStepIds: readonly string[];
}

/** All of it by one statement. */
export async function circumstancesOf(tx: Tx, { orgId, id: runId, runType }: LockedRun): Promise<Circumstances> {
  const [found] = await tx.$queryRaw<[Circumstances]>`
    SELECT
      (SELECT coalesce(jsonb_agg(jsonb_build_object('stepId', asked."stepId", 'stepResultId', asked."stepResultId", 'source', asked."source", 'status', asked."status")
          ORDER BY asked."createdAt", asked."id"), '[]')
        FROM "approvals" AS asked LEFT JOIN "stepResults" AS step ON step."orgId" = asked."orgId" AND step."id" = asked."stepResultId"
        WHERE asked."orgId" = ${orgId} AND asked."runId" = ${runId} AND step."clearedAt" IS NULL) AS "approvals",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', "id", 'toStepId', "toStepId", 'payload', "payload") ORDER BY "createdAt", "id"), '[]')
        FROM "handoffs" WHERE "orgId" = ${orgId} AND "runId" = ${runId} AND "clearedAt" IS NULL AND ${runType} = 'DELEGATED') AS "handoffs",
      (SELECT coalesce(jsonb_object_agg("stepId", highest), '{}') FROM (
        SELECT "stepId", max("attempt") AS highest FROM "stepResults" WHERE "orgId" = ${orgId} AND "runId" = ${runId} AND "clearedAt" IS NOT NULL GROUP BY 1) AS cleared) AS "clearedAttempts",
      (SELECT count(*)::int FROM "workflowRuns" WHERE "orgId" = ${orgId} AND "parentRunId" = ${runId} AND "completedAt" IS NULL) AS "openChildRuns",
      (SELECT jsonb_build_object('sequence', "sequence", 'completedStepIds', "completedStepIds", 'skippedStepIds', "skippedStepIds")
        FROM "workflowCheckpoints" WHERE "orgId" = ${orgId} AND "runId" = ${runId} ORDER BY "sequence" DESC LIMIT 1) AS "checkpoint"`;
  return found;
}
