import { newId } from '@forge/subgraph-kit';
import { clip } from './clip.ts';
import type { LockedRun, Tx } from './run.ts';

/** A decision to ask people for. */
export interface Asked {
  readonly stepId: string;
  readonly stepResultId: string | null;
  readonly source: 'WORKFLOW' | 'ESCALATION';
  readonly severity: 'NORMAL' | 'ELEVATED';
  readonly summary: string;
}

/** Asks people about steps of a locked run. Where the same is asked already, by somebody outside, that question is about the attempt from now on. */
export async function askToDecide(tx: Tx, { orgId, id: runId }: LockedRun, asked: readonly Asked[], now: Date): Promise<void> {
  if (asked.length === 0) return;
  const rows = JSON.stringify(asked.map((each) => ({ ...each, id: newId('Approval', now), summary: clip(each.summary, 2_000) })));
  await tx.$queryRaw`
    INSERT INTO "approvals" ("id", "orgId", "runId", "stepId", "stepResultId", "source", "severity", "summary", "requestedAt", "createdAt")
    SELECT "id", ${orgId}, ${runId}, "stepId", "stepResultId", "source", "severity", "summary", ${now}, ${now}
    FROM json_to_recordset(${rows}::json) AS asked ("id" text, "stepId" text, "stepResultId" text, "source" "ApprovalSource", "severity" "ApprovalSeverity", "summary" text)
    ON CONFLICT ("orgId", "runId", "stepId", "source") WHERE "status" = 'PENDING' DO UPDATE SET "stepResultId" = EXCLUDED."stepResultId" RETURNING 1 AS asked`;
}

/** Closes what a locked run still asks of people, for all steps or some: decided by nobody, so `resolvedById` stays null. */
export async function closeQuestions(tx: Tx, run: LockedRun, steps: Steps, comment: string, now: Date): Promise<void> {
  const { orgId, id: runId } = run;
  await tx.approval.updateMany({ where: { orgId, runId, status: 'PENDING', ...steps }, data: { status: 'REJECTED', resolvedAt: now, comment } });
  await cancelHumanInputs(tx, run, steps);
}

interface Steps { readonly stepId?: string | { in: string[] } }

/** Nobody needs to answer any more. */
export async function cancelHumanInputs(tx: Tx, { orgId, id: runId }: LockedRun, steps: Steps): Promise<void> {
  await tx.humanInputRequest.updateMany({ where: { orgId, runId, status: 'PENDING', ...steps }, data: { status: 'CANCELLED' } });
}
