import { newId } from '@forge/subgraph-kit';
import { scopeOf } from '../definition/scope.ts';
import type { Attempt } from './attempts.ts';
import type { Checkpoint } from './circumstances.ts';
import type { LockedRun, Tx } from './run.ts';

interface Place {
  readonly attempts: readonly Attempt[];
  /** The steps that were left out just now, and are not among the attempts yet. */
  readonly skipped: readonly string[];
  readonly last: Checkpoint | null;
}

/**
 * Writes down where a locked run is, if a step has been done or left out since the last time. A step that a delegated run has
 * done twice is named twice.
 */
export async function writeCheckpoint(tx: Tx, { orgId, id: runId, args }: LockedRun, { attempts, skipped, last }: Place, now: Date): Promise<void> {
  const completed = attempts.filter(({ status }) => status === 'COMPLETED');
  const completedStepIds = completed.map(({ stepId }) => stepId);
  const skippedStepIds = [...attempts.flatMap(({ status, stepId }) => (status === 'SKIPPED' ? [stepId] : [])), ...skipped];
  if (isSame(last?.completedStepIds ?? [], completedStepIds) && isSame(last?.skippedStepIds ?? [], skippedStepIds)) return;
  const { variables, accumulatedOutputs, variableOverwriteOrder } = scopeOf(args, completed);
  await tx.workflowCheckpoint.createMany({
    data: {
      id: newId('WorkflowCheckpoint', now), orgId, runId, createdAt: now, sequence: (last?.sequence ?? 0) + 1, completedStepIds, skippedStepIds,
      variables: variables, accumulatedOutputs: accumulatedOutputs, variableOverwriteOrder: [...variableOverwriteOrder],
    },
  });
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify(some.toSorted()) === JSON.stringify(others.toSorted());
}
