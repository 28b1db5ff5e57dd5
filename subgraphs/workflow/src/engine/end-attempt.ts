import { publish, type EventData } from '@forge/events';
import type { Json } from '../definition/json.ts';
import type { StepError } from '../definition/plan-types.ts';
import type { Attempt } from './attempts.ts';
import { cancelHumanInputs } from './questions.ts';
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
  const { id, stepId, heldFor } = attempt;
  const [outputJson, errorJson] = [output === undefined || output === null ? null : JSON.stringify(output), error ? JSON.stringify(error) : null];
  // Strictly later than all that the run has done, whatever the clocks of its machines say: of two outputs of one name the later counts.
  // A step may wait for people longer than durationMs can say.
  await tx.$queryRaw`
    UPDATE "stepResults" AS step SET "status" = ${status}::"StepResultStatus", "heldFor" = NULL, "leaseExpiresAt" = NULL, "output" = ${outputJson}::jsonb, "error" = ${errorJson}::jsonb,
      "modelId" = coalesce(${calls.at(-1)?.modelId ?? null}, "modelId"),
      "completedAt" = CASE WHEN "startedAt" IS NOT NULL THEN greatest(${now}, done.last + interval '1 millisecond') END,
      "durationMs" = CASE WHEN "startedAt" IS NOT NULL THEN least(greatest(0, extract(epoch FROM ${now}::timestamptz - "startedAt") * 1000), 2147483647) END
    FROM (SELECT max("completedAt") AS last FROM "stepResults" WHERE "orgId" = ${run.orgId} AND "runId" = ${run.id}) AS done
    WHERE step."orgId" = ${run.orgId} AND step."id" = ${id} RETURNING 1 AS ended`;
  if (heldFor === 'HUMAN_INPUT') await cancelHumanInputs(tx, run, { stepId });
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
