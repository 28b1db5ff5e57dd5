import { Prisma } from '@forge/prisma-workflow';
import type { Attempt as PlannedAttempt } from '../definition/plan-types.ts';
import type { StepStatus } from '../step-result/step-result.rules.ts';
import type { LockedRun, Tx } from './run.ts';

/** An attempt of a step that the run has not forgotten. */
export interface Attempt extends PlannedAttempt {
  readonly status: StepStatus;
  readonly heldFor: 'APPROVAL' | 'BUDGET' | 'HUMAN_INPUT' | null;
  readonly agentId: string | null;
  readonly gatewayId: string | null;
  readonly outputs: readonly string[];
  readonly startedAt: Date | null;
  readonly leaseExpiresAt: Date | null;
  readonly timeoutSeconds: number | null;
  readonly reserveCents: string | null;
}

const columns = Prisma.raw(`"id", "stepId", "attempt", "status"::text, "heldFor"::text, "agentId", "gatewayId", "outputs", "output", "error", "handoffId",
  "startedAt", "leaseExpiresAt", "timeoutSeconds", "reserveCents"::text`);

/** All attempts of a locked run that count, in the order in which they were done; those under way last. */
export function attemptsOf(tx: Tx, { orgId, id }: LockedRun): Promise<Attempt[]> {
  return tx.$queryRaw<Attempt[]>`
    SELECT ${columns}
    FROM "stepResults" WHERE "orgId" = ${orgId} AND "runId" = ${id} AND "clearedAt" IS NULL ORDER BY "completedAt", "createdAt", "id"`;
}

/** One attempt of a locked run, whatever became of it; locked too, so that claims and renewals of its lease, which do not lock the run, are over. */
export async function attemptOf(tx: Tx, { orgId, id: runId }: LockedRun, id: string): Promise<Attempt> {
  const [attempt] = await tx.$queryRaw<Attempt[]>`
    SELECT ${columns} FROM "stepResults" WHERE "orgId" = ${orgId} AND "runId" = ${runId} AND "id" = ${id} FOR NO KEY UPDATE`;
  if (!attempt) throw new Error(`${runId} has no attempt ${id}`);
  return attempt;
}
