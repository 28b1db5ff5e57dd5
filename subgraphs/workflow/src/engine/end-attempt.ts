import { publish, type EventData } from '@forge/events';
import { Prisma } from '@forge/prisma-workflow';
import type { Json } from '../definition/json.ts';
import type { StepError } from '../definition/plan-types.ts';
import type { Attempt } from './attempts.ts';
import type { LockedRun, Tx } from './run.ts';

/** How an attempt ends. */
export interface Ending {
  readonly status: 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'TIMED_OUT';
  readonly output?: Json;
  readonly error?: StepError;
  /** The LLM calls that it made. */
  readonly calls?: Calls;
}

export type Calls = EventData<'workflow.attempt.ended'>['calls'];

/** Ends an attempt of a locked run, and tells of its calls: what they cost is counted, and what was reserved for more is released. */
export async function endAttempt(tx: Tx, run: LockedRun, attempt: Attempt, { status, output, error, calls = [] }: Ending, now: Date): Promise<void> {
  const { id, startedAt, heldFor } = attempt;
  await tx.stepResult.update({
    where: { orgId_id: { orgId: run.orgId, id } },
    data: {
      status, heldFor: null, leaseExpiresAt: null,
      output: output === undefined || output === null ? Prisma.DbNull : (output as Prisma.InputJsonValue), error: error ? { ...error } : Prisma.DbNull,
      ...(calls.length > 0 && { modelId: calls.at(-1)?.modelId ?? null }),
      ...(startedAt && { completedAt: now, durationMs: Math.max(0, now.getTime() - startedAt.getTime()) }),
    },
  });
  // Before its approval nothing has been reserved for it.
  if (heldFor !== 'APPROVAL') await tellOfCalls(tx, run, attempt, calls);
}

/** Tells of the calls of an attempt that is over. */
export function tellOfCalls(tx: Tx, { orgId, id: runId, workflowId, factoryId, startedById }: LockedRun, { id: stepResultId, stepId, agentId, gatewayId }: Attempt, calls: Calls): Promise<void> {
  return publish(tx, orgId, {
    type: 'workflow.attempt.ended', subject: runId,
    data: { runId, stepResultId, stepId, agentId, gatewayId, workflowId, factoryId, workerId: startedById, calls: [...calls] },
  });
}
