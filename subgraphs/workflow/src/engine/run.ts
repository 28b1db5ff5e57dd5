import { Prisma, type PrismaClient } from '@forge/prisma-workflow';
import type { Json } from '../definition/json.ts';
import type { Guardrails, RunStatus } from '../workflow-run/workflow-run.rules.ts';

export type Tx = Prisma.TransactionClient;

/** A run whose row this transaction has locked: whatever changes a run, its attempts or what it asks of people does so behind this lock. */
export interface LockedRun {
  readonly orgId: string;
  readonly id: string;
  readonly workflowId: string;
  readonly definition: string;
  readonly runType: 'PRESCRIPTIVE' | 'DELEGATED';
  readonly status: RunStatus;
  readonly args: Json;
  readonly guardrails: Guardrails | null;
  /** Whether it has cost more than its guardrails allow. */
  readonly isAboveCost: boolean;
  readonly deadlineAt: Date | null;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly gatewayId: string | null;
  readonly startedById: string | null;
  readonly factoryId: string | null;
  readonly parentRunId: string | null;
  readonly updatedAt: Date;
  /** Role name to agent id, of the deployment it was launched through. */
  readonly roleBindings: Readonly<Record<string, string>>;
}

/**
 * Locks a run; null when the organisation has no such run. A transaction locks one run, or several in the order of their
 * ids, and rows of a run only after it, so that no two ever wait for each other.
 */
export function lockRun(tx: Tx, orgId: string, id: string): Promise<LockedRun | null> {
  return lock(tx, orgId, Prisma.sql`${id}`);
}

/** Locks the run that an attempt belongs to; null when the organisation has no such attempt. */
export function lockRunOfAttempt(tx: Tx, orgId: string, stepResultId: string): Promise<LockedRun | null> {
  return lock(tx, orgId, Prisma.sql`(SELECT "runId" FROM "stepResults" WHERE "orgId" = ${orgId} AND "id" = ${stepResultId})`);
}

async function lock(tx: Tx, orgId: string, id: Prisma.Sql): Promise<LockedRun | null> {
  const [run] = await tx.$queryRaw<LockedRun[]>`
    SELECT run."orgId", run."id", run."workflowId", run."definition", run."runType"::text, run."status"::text, run."args", run."guardrails",
      coalesce(run."totalCostCents" > (run."guardrails"->>'maxCostCents')::numeric, false) AS "isAboveCost", run."deadlineAt", run."startedAt", run."completedAt", run."gatewayId", run."startedById", run."factoryId", run."parentRunId", run."updatedAt",
      coalesce(deployment."roleBindings", '{}') AS "roleBindings"
    FROM "workflowRuns" AS run LEFT JOIN "deployments" AS deployment ON deployment."orgId" = run."orgId" AND deployment."id" = run."deploymentId"
    WHERE run."orgId" = ${orgId} AND run."id" = ${id} FOR NO KEY UPDATE OF run`;
  return run ?? null;
}

/** Does something to a run behind its lock, in a transaction of its own; undefined when there is no such run. */
export function inRun<T>(prisma: PrismaClient, orgId: string, id: string, act: (tx: Tx, run: LockedRun) => Promise<T>): Promise<T | undefined> {
  return prisma.$transaction(async (tx) => {
    const run = await lockRun(tx, orgId, id);
    return run ? act(tx, run) : undefined;
  });
}
