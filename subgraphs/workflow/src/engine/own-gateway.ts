import { actsFor, fault } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';

/**
 * A gateway's runtime works on what was given to its gateway; what belongs to another is not there for it. Whoever may execute
 * workflows works on everything, and nothing is read to find that out.
 */
export function refuseGatewayOfOthers({ principal }: WorkflowContext, gatewayId: string): void {
  if (!actsFor(principal, gatewayId, 'workflow:execute')) throw fault('FORBIDDEN', 'gatewayId', 'gatewayId: a runtime acts for its own gateway alone');
}

export async function refuseRunOfOthers({ prisma, principal }: WorkflowContext, id: string): Promise<void> {
  if (actsFor(principal, null, 'workflow:execute')) return;
  const run = await prisma.workflowRun.findUnique({ where: { orgId_id: { orgId: principal.orgId, id } }, select: { gatewayId: true } });
  if (!run || !actsFor(principal, run.gatewayId, 'workflow:execute')) throw fault('NOT_FOUND', 'runId', 'runId: leads to no WorkflowRun');
}

export async function refuseAttemptOfOthers({ prisma, principal }: WorkflowContext, id: string): Promise<void> {
  if (actsFor(principal, null, 'workflow:execute')) return;
  const attempt = await prisma.stepResult.findUnique({ where: { orgId_id: { orgId: principal.orgId, id } }, select: { gatewayId: true } });
  if (!attempt || !actsFor(principal, attempt.gatewayId, 'workflow:execute')) throw fault('NOT_FOUND', 'stepResultId', 'stepResultId: leads to no StepResult');
}
