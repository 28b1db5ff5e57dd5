import type { Prisma } from '@forge/prisma-workflow';
import { fault } from '@forge/subgraph-kit';
import type { WorkflowStatus } from './workflow.rules.ts';

/** What operations decide by. */
export interface LockedWorkflow {
  readonly id: string;
  readonly name: string;
  readonly status: WorkflowStatus;
  readonly currentVersion: number;
  readonly triggerType: 'MANUAL' | 'SCHEDULED' | 'EVENT';
  readonly schedule: string | null;
  readonly nextScheduledRunAt: Date | null;
  readonly createdById: string;
  readonly updatedAt: Date;
}

/**
 * The workflow as it stays until the transaction ends. Nobody else changes it meanwhile, but documents and runs can be
 * added to it: their foreign keys do not wait for this lock. Undefined when there is none.
 */
export async function lockWorkflow(tx: Prisma.TransactionClient, orgId: string, id: string): Promise<LockedWorkflow | undefined> {
  const [row] = await tx.$queryRaw<LockedWorkflow[]>`
    SELECT "id", "name", "status"::text, "currentVersion", "triggerType"::text, "schedule", "nextScheduledRunAt", "createdById", "updatedAt"
    FROM "workflows" WHERE "orgId" = ${orgId} AND "id" = ${id} FOR NO KEY UPDATE`;
  return row;
}

/** Throws CONFLICT when a locked row is not the version that the caller has seen. */
export function refuseStale({ updatedAt }: { readonly updatedAt: Date }, expectedVersion: Date | null | undefined): void {
  if (!expectedVersion || expectedVersion.getTime() === updatedAt.getTime()) return;
  throw fault('CONFLICT', 'expectedVersion', `expectedVersion: it was changed at ${updatedAt.toISOString()}; read it again and decide anew`);
}
