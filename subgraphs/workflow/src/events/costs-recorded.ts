import type { DomainEvent } from '@forge/events';
import { endRun } from '../engine/end-run.ts';
import { lockRun, type Tx } from '../engine/run.ts';
import { hasEnded } from '../workflow-run/workflow-run.rules.ts';

/** Adds what LLM calls cost to their attempts, to their runs, and to the runs that started those. */
export async function costsRecorded(tx: Tx, { orgId, data: { calls } }: DomainEvent<'analytics.costs.recorded'>, now: Date): Promise<void> {
  if (calls.length === 0) return;
  const rows = JSON.stringify(calls.map(({ runId, stepResultId, inputTokens, outputTokens, costCents }) => ({ runId, stepResultId, inputTokens, outputTokens, costCents })));
  const totals = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE spent AS (
      SELECT "runId", sum("costCents") AS cost, sum("inputTokens"::bigint + "outputTokens") AS tokens
      FROM json_to_recordset(${rows}::json) AS call("runId" text, "inputTokens" int, "outputTokens" int, "costCents" numeric) WHERE "runId" IS NOT NULL GROUP BY 1
    ), lines AS (
      SELECT "runId" AS id, cost, tokens FROM spent
      UNION ALL SELECT run."parentRunId", lines.cost, lines.tokens FROM lines JOIN "workflowRuns" AS run ON run."orgId" = ${orgId} AND run."id" = lines.id WHERE run."parentRunId" IS NOT NULL
    ), totals AS (
      SELECT id, sum(cost) AS cost, sum(tokens) AS tokens FROM lines GROUP BY 1
    ), locked AS (
      SELECT run."id", totals.cost, totals.tokens FROM "workflowRuns" AS run JOIN totals ON totals.id = run."id" WHERE run."orgId" = ${orgId} ORDER BY run."id" FOR NO KEY UPDATE OF run
    )
    UPDATE "workflowRuns" AS run SET "totalCostCents" = "totalCostCents" + locked.cost, "totalTokens" = "totalTokens" + locked.tokens
    FROM locked WHERE run."orgId" = ${orgId} AND run."id" = locked."id" RETURNING run."id"`;
  await tx.$queryRaw`
    WITH spent AS (
      SELECT "stepResultId", sum("inputTokens")::int AS "in", sum("outputTokens")::int AS "out", sum("costCents") AS cost
      FROM json_to_recordset(${rows}::json) AS call("stepResultId" text, "inputTokens" int, "outputTokens" int, "costCents" numeric) WHERE "stepResultId" IS NOT NULL GROUP BY 1
    )
    UPDATE "stepResults" SET "inputTokens" = "inputTokens" + "in", "outputTokens" = "outputTokens" + "out", "costCents" = "costCents" + cost
    FROM spent WHERE "orgId" = ${orgId} AND "id" = "stepResultId" RETURNING 1 AS added`;
  for (const { id } of totals.toSorted((a, b) => (a.id < b.id ? -1 : 1))) await stopAboveCost(tx, orgId, id, now);
}

/** Fails a run that has cost more than its guardrails allow. */
async function stopAboveCost(tx: Tx, orgId: string, runId: string, now: Date): Promise<void> {
  const [over] = await tx.$queryRaw<{ total: string; most: string }[]>`
    SELECT "totalCostCents"::text AS total, "guardrails"->>'maxCostCents' AS most FROM "workflowRuns"
    WHERE "orgId" = ${orgId} AND "id" = ${runId} AND "completedAt" IS NULL AND "totalCostCents" > ("guardrails"->>'maxCostCents')::numeric`;
  const run = over && (await lockRun(tx, orgId, runId));
  if (!run || hasEnded(run.status)) return;
  const message = `The run has cost ${Number(over.total)} cents, more than the ${over.most} that its guardrails allow.`;
  await endRun(tx, run, { status: 'FAILED', failure: { code: 'MAX_COST_EXCEEDED', message, stepId: null } }, now);
}
