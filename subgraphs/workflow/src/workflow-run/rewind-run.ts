import { Prisma } from '@forge/prisma-workflow';
import { answer, checkInput, fault, idempotencyKey, idOf, onceOnly, reload } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { advanceRun } from '../engine/advance-run.ts';
import { attemptsOf } from '../engine/attempts.ts';
import { endAttempt } from '../engine/end-attempt.ts';
import { closeQuestions } from '../engine/end-run.ts';
import { lockRun, type LockedRun, type Tx } from '../engine/run.ts';
import type { RewindRunInput } from '../generated/graphql.ts';
import { isOver } from '../step-result/step-result.rules.ts';
import { refuseStale } from '../workflow/lock-workflow.ts';
import { workflowRun } from './workflow-run.entity.ts';

const rules = z.object({ id: idOf('WorkflowRun'), checkpointId: idOf('WorkflowCheckpoint').nullable().default(null), expectedVersion: z.date().nullish(), idempotencyKey });

export function rewindRun(input: RewindRunInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, checkpointId, expectedVersion, idempotencyKey: key } = checkInput(rules, input);
    const { orgId } = context.principal;
    await context.prisma.$transaction((tx) => onceOnly(tx, { orgId, operation: 'rewindRun', key, input }, async () => {
      const run = await lockRun(tx, orgId, id);
      if (!run) throw fault('NOT_FOUND', 'id', 'id: leads to no WorkflowRun');
      refuseStale(run, expectedVersion);
      if (!['RUNNING', 'PAUSED', 'FAILED'].includes(run.status)) throw fault('INVALID_TRANSITION', 'id', `id: the run is ${run.status}; only one that is RUNNING, PAUSED or FAILED can be rewound`);
      const { kept, since } = await placeOf(tx, run, checkpointId);
      await forget(tx, run, kept, context.now());
      await tx.handoff.updateMany({ where: { orgId, runId: id, clearedAt: null, createdAt: { gt: since } }, data: { clearedAt: context.now() } });
      await advanceRun(tx, orgId, id, context.now());
      return id;
    }));
    return { run: await reload(context, workflowRun, id) };
  });
}

/** The steps that were done or left out at a checkpoint, and when that was. */
async function placeOf(tx: Tx, { orgId, id: runId }: LockedRun, checkpointId: string | null): Promise<{ kept: string[]; since: Date }> {
  if (checkpointId === null) return { kept: [], since: new Date(0) };
  const checkpoint = await tx.workflowCheckpoint.findUnique({ where: { orgId_id: { orgId, id: checkpointId } } });
  if (checkpoint?.runId !== runId) throw fault('NOT_FOUND', 'checkpointId', 'checkpointId: leads to no checkpoint of this run');
  return { kept: [...checkpoint.completedStepIds, ...checkpoint.skippedStepIds], since: checkpoint.createdAt };
}

/** Forgets every attempt but those of `kept` steps, and has the run go on. What was forgotten stays to be looked at. */
async function forget(tx: Tx, run: LockedRun, kept: readonly string[], now: Date): Promise<void> {
  const { orgId, id: runId } = run;
  const forgotten = (await attemptsOf(tx, run)).filter(({ stepId }) => !kept.includes(stepId));
  for (const attempt of forgotten) if (!isOver(attempt.status)) await endAttempt(tx, run, attempt, { status: 'CANCELLED' }, now);
  const stepIds = [...new Set(forgotten.map(({ stepId }) => stepId))];
  await closeQuestions(tx, run, { stepId: { in: stepIds } }, 'The run was rewound.', now);
  await tx.stepResult.updateMany({ where: { orgId, id: { in: forgotten.map(({ id }) => id) } }, data: { clearedAt: now } });
  await tx.workflowRun.update({
    where: { orgId_id: { orgId, id: runId } },
    data: { status: 'RUNNING', completedAt: null, failureSnapshot: Prisma.DbNull, pendingApprovals: 0, pendingHumanInputs: 0 },
  });
}
