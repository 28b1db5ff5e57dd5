import type { DomainEvent } from '@forge/events';
import { endRun } from '../engine/end-run.ts';
import { lockRun, type Tx } from '../engine/run.ts';

/** Adds what LLM calls cost to their attempts, to their runs, and to the runs that started those. */
export async function costsRecorded(tx: Tx, { orgId, data: { calls } }: DomainEvent<'analytics.costs.recorded'>, now: Date): Promise<void> {
  const ours = calls.filter(({ runId, stepResultId }) => runId !== null || stepResultId !== null);
  if (ours.length === 0) return;
  const rows = JSON.stringify(ours.map(({ runId, stepResultId, inputTokens, outputTokens, costCents }) => ({ runId, stepResultId, inputTokens, outputTokens, costCents })));
  const runs = await addToRuns(tx, orgId, rows);
  await addToAttempts(tx, orgId, rows);
  for (const { id, total, isAboveCost } of runs) if (isAboveCost) await stopAboveCost(tx, orgId, { id, total }, now);
}

interface Counted {
  readonly id: string;
  /** US cents, without noughts at the end. */
  readonly total: string;
  /** Whether that is more than the guardrails of a run that goes on allow. */
  readonly isAboveCost: boolean;
}

/** Locks the runs in the order of their ids; those of the attempts too, where a call does not name its run, so that rows of a run change behind its lock. */
function addToRuns(tx: Tx, orgId: string, rows: string): Promise<Counted[]> {
  return tx.$queryRaw<Counted[]>`
    WITH RECURSIVE call AS (
      SELECT * FROM json_to_recordset(${rows}::json) AS call ("runId" text, "stepResultId" text, "inputTokens" bigint, "outputTokens" bigint, "costCents" numeric)
    ), lines AS (
      SELECT "runId" AS id, sum("costCents") AS cost, sum("inputTokens" + "outputTokens") AS tokens FROM call WHERE "runId" IS NOT NULL GROUP BY 1
      UNION ALL SELECT run."parentRunId", lines.cost, lines.tokens FROM lines JOIN "workflowRuns" AS run ON run."orgId" = ${orgId} AND run."id" = lines.id WHERE run."parentRunId" IS NOT NULL
    ), touched AS (
      SELECT * FROM lines UNION ALL SELECT step."runId", 0, 0 FROM call JOIN "stepResults" AS step ON step."orgId" = ${orgId} AND step."id" = call."stepResultId"
    ), totals AS (
      SELECT id, sum(cost) AS cost, sum(tokens) AS tokens FROM touched GROUP BY 1
    ), locked AS (
      SELECT run."id", totals.cost, totals.tokens FROM "workflowRuns" AS run JOIN totals ON totals.id = run."id" WHERE run."orgId" = ${orgId} ORDER BY run."id" FOR NO KEY UPDATE OF run
    ), added AS (
      UPDATE "workflowRuns" AS run SET "totalCostCents" = "totalCostCents" + locked.cost, "totalTokens" = "totalTokens" + locked.tokens
      FROM locked WHERE run."orgId" = ${orgId} AND run."id" = locked."id" AND (locked.cost, locked.tokens) <> (0, 0)
      RETURNING run."id", run."totalCostCents" AS total, run."completedAt" IS NULL AND run."totalCostCents" > (run."guardrails"->>'maxCostCents')::numeric AS above
    )
    SELECT "id", trim_scale(total)::text AS total, coalesce(above, false) AS "isAboveCost" FROM added ORDER BY "id"`;
}

/** Of tokens an attempt keeps as many as the column holds. */
async function addToAttempts(tx: Tx, orgId: string, rows: string): Promise<void> {
  await tx.$queryRaw`
    WITH spent AS (
      SELECT "stepResultId", sum("inputTokens") AS "in", sum("outputTokens") AS "out", sum("costCents") AS cost
      FROM json_to_recordset(${rows}::json) AS call ("stepResultId" text, "inputTokens" bigint, "outputTokens" bigint, "costCents" numeric) WHERE "stepResultId" IS NOT NULL GROUP BY 1
    )
    UPDATE "stepResults" SET "inputTokens" = least("inputTokens" + "in", 2147483647), "outputTokens" = least("outputTokens" + "out", 2147483647), "costCents" = "costCents" + cost
    FROM spent WHERE "orgId" = ${orgId} AND "id" = "stepResultId" RETURNING 1 AS added`;
}

/** Fails a run that has cost more than its guardrails allow. */
async function stopAboveCost(tx: Tx, orgId: string, { id, total }: Omit<Counted, 'isAboveCost'>, now: Date): Promise<void> {
  const run = await lockRun(tx, orgId, id);
  if (!run) return;
  const message = `The run has cost ${total} cents, more than the ${run.guardrails?.maxCostCents} that its guardrails allow.`;
  await endRun(tx, run, { status: 'FAILED', failure: { code: 'MAX_COST_EXCEEDED', message, stepId: null } }, now);
}
