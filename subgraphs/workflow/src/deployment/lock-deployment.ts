import type { Prisma } from '@forge/prisma-workflow';
import { fault } from '@forge/subgraph-kit';
import { lockWorkflow, type LockedWorkflow } from '../workflow/lock-workflow.ts';

type Row = Prisma.DeploymentGetPayload<object>;

/**
 * A deployment and its workflow as they stay until the transaction ends. The workflow is locked first, by everyone, so
 * that of one workflow's deployments only one at a time comes or goes. Throws NOT_FOUND.
 */
export async function lockDeployment(tx: Prisma.TransactionClient, orgId: string, id: string): Promise<{ row: Row; workflow: LockedWorkflow }> {
  const where = { orgId_id: { orgId, id } };
  const workflowId = (await tx.deployment.findUnique({ where, select: { workflowId: true } }))?.workflowId;
  const workflow = workflowId && await lockWorkflow(tx, orgId, workflowId);
  const row = workflow && await tx.deployment.findUnique({ where });
  if (!row) throw fault('NOT_FOUND', 'id', 'id: leads to no Deployment');
  return { row, workflow };
}
