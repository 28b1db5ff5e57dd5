import { publish } from '@forge/events';
import { addJob } from '@forge/jobs';
import { Prisma } from '@forge/prisma-workflow';
import { isOver } from '../step-result/step-result.rules.ts';
import { attemptsOf } from './attempts.ts';
import { endAttempt } from './end-attempt.ts';
import type { LockedRun, Tx } from './run.ts';

/** Why a run FAILED, for whoever looks into it. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  /** The step that failed it; null when none did. */
  readonly stepId: string | null;
}

export type RunEnding = { readonly status: 'COMPLETED' } | { readonly status: 'CANCELLED'; readonly reason: string | null } | { readonly status: 'FAILED'; readonly failure: Failure };

export const advanceRunTask = 'advance-run';
export const cancelRunTask = 'cancel-run';

/**
 * Ends a locked run with everything that it still has under way: attempts, open questions, and by jobs of their own the
 * runs that it started, and the one that waits for it.
 */
export async function endRun(tx: Tx, run: LockedRun, ending: RunEnding, now: Date): Promise<void> {
  const { orgId, id, parentRunId } = run;
  for (const attempt of await attemptsOf(tx, run)) {
    if (!isOver(attempt.status)) await endAttempt(tx, run, attempt, { status: 'CANCELLED' }, now);
  }
  await closeQuestions(tx, run, {}, `The run is ${ending.status}.`, now);
  await tx.workflowRun.update({
    where: { orgId_id: { orgId, id } },
    data: {
      status: ending.status, completedAt: now, pendingApprovals: 0, pendingHumanInputs: 0, waitingReason: null,
      failureSnapshot: ending.status === 'FAILED' ? { ...ending.failure } : ending.status === 'CANCELLED' && ending.reason !== null ? { code: 'CANCELLED', message: ending.reason } : Prisma.DbNull,
    },
  });
  if (ending.status !== 'COMPLETED') await addJob(tx, cancelRunTask, { orgId, parentRunId: id });
  if (parentRunId !== null) await addJob(tx, advanceRunTask, { orgId, runId: parentRunId });
  if (ending.status === 'FAILED') await tellOfFailure(tx, run, ending.failure);
}

/** Closes what a locked run still asks of people, for all steps or one: decided by nobody, so `resolvedById` stays null. */
export async function closeQuestions(tx: Tx, { orgId, id: runId }: LockedRun, steps: { stepId?: string | { in: string[] } }, comment: string, now: Date): Promise<void> {
  await tx.approval.updateMany({ where: { orgId, runId, status: 'PENDING', ...steps }, data: { status: 'REJECTED', resolvedAt: now, comment } });
  await tx.humanInputRequest.updateMany({ where: { orgId, runId, status: 'PENDING', ...steps }, data: { status: 'CANCELLED' } });
}

function tellOfFailure(tx: Tx, { orgId, id: runId, gatewayId, workflowId }: LockedRun, failure: Failure): Promise<void> {
  return publish(tx, orgId, {
    type: 'platform.event.occurred', subject: runId,
    data: { type: 'run.failed', severity: 'WARNING', displayLabel: failure.message.slice(0, 500), payload: { ...failure, workflowId }, runId, gatewayId, agentId: null },
  });
}
