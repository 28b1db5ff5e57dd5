import type { Prisma } from '@forge/prisma-workflow';
import { newId } from '@forge/subgraph-kit';
import { scopeOf } from '../definition/scope.ts';
import type { Attempt } from './attempts.ts';
import type { LockedRun, Tx } from './run.ts';

/** Writes down where a locked run is, if a step has been done or left out since the last time. */
export async function writeCheckpoint(tx: Tx, { orgId, id: runId, args }: LockedRun, attempts: readonly Attempt[], now: Date): Promise<void> {
  const completed = attempts.filter(({ status }) => status === 'COMPLETED');
  const completedStepIds = [...new Set(completed.map(({ stepId }) => stepId))];
  const skippedStepIds = [...new Set(attempts.flatMap(({ status, stepId }) => (status === 'SKIPPED' ? [stepId] : [])))];
  const last = await tx.workflowCheckpoint.findFirst({
    where: { orgId, runId }, orderBy: { sequence: 'desc' }, select: { sequence: true, completedStepIds: true, skippedStepIds: true },
  });
  if (isSame(last?.completedStepIds ?? [], completedStepIds) && isSame(last?.skippedStepIds ?? [], skippedStepIds)) return;
  const { variables, accumulatedOutputs, variableOverwriteOrder } = scopeOf(args, completed);
  await tx.workflowCheckpoint.create({
    data: {
      id: newId('WorkflowCheckpoint', now), orgId, runId, createdAt: now, sequence: (last?.sequence ?? 0) + 1, completedStepIds, skippedStepIds,
      variables: variables as Prisma.InputJsonObject, accumulatedOutputs: accumulatedOutputs as Prisma.InputJsonObject, variableOverwriteOrder: [...variableOverwriteOrder],
    },
  });
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}
