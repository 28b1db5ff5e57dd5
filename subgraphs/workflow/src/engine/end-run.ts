import { publish } from '@forge/events';
import { addJob } from '@forge/jobs';
import { Prisma } from '@forge/prisma-workflow';
import { isOver } from '../step-result/step-result.rules.ts';
import { attemptsOf } from './attempts.ts';
import { clip } from './clip.ts';
import { endAttempt } from './end-attempt.ts';
import { closeQuestions } from './questions.ts';
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
  const { orgId, id, parentRunId, startedAt } = run;
  for (const attempt of await attemptsOf(tx, run)) {
    if (!isOver(attempt.status)) await endAttempt(tx, run, attempt, { status: 'CANCELLED' }, now);
  }
  await closeQuestions(tx, run, {}, `The run is ${ending.status}.`, now);
  await tx.workflowRun.updateMany({
    where: { orgId, id },
    data: {
      // Another machine's clock may have been ahead when it began.
      status: ending.status, completedAt: startedAt && startedAt > now ? startedAt : now,
      pendingApprovals: 0, pendingHumanInputs: 0, waitingReason: null, failureSnapshot: snapshotOf(ending),
    },
  });
  if (ending.status !== 'COMPLETED') await cancelChildren(tx, run, now);
  if (parentRunId !== null) await addJob(tx, advanceRunTask, { orgId, runId: parentRunId });
  if (ending.status === 'FAILED') await tellOfFailure(tx, run, ending.failure);
}

function snapshotOf(ending: RunEnding) {
  if (ending.status === 'FAILED') return { ...ending.failure };
  return ending.status === 'CANCELLED' && ending.reason !== null ? { code: 'CANCELLED', message: ending.reason } : Prisma.DbNull;
}

/** Those that it has by now: what it starts when it has been rewound goes on. */
async function cancelChildren(tx: Tx, { orgId, id }: LockedRun, now: Date): Promise<void> {
  const children = await tx.workflowRun.count({ where: { orgId, parentRunId: id, completedAt: null } });
  if (children > 0) await addJob(tx, cancelRunTask, { orgId, parentRunId: id, startedBy: now.toISOString() });
}

function tellOfFailure(tx: Tx, { orgId, id: runId, gatewayId, workflowId }: LockedRun, failure: Failure): Promise<void> {
  return publish(tx, orgId, {
    type: 'platform.event.occurred', subject: runId,
    data: { type: 'run.failed', severity: 'WARNING', displayLabel: clip(failure.message, 500), payload: { ...failure, workflowId }, runId, gatewayId, agentId: null },
  });
}
