import { publish } from '@forge/events';
import type { Prisma } from '@forge/prisma-workflow';
import { answer, checkInput, fault } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import type { ActivateDeploymentInput } from '../generated/graphql.ts';
import { refuseStale, type LockedWorkflow } from '../workflow/lock-workflow.ts';
import { transitionFault } from '../workflow/transition-fault.ts';
import { withFaultsAt } from '../workflow-version/with-faults-at.ts';
import { deploymentStatusRules, deploymentTransitions, unboundRoles } from './deployment.rules.ts';
import { lockDeployment } from './lock-deployment.ts';

type Tx = Prisma.TransactionClient;
type Row = Prisma.DeploymentGetPayload<object>;

/** Answers both rows as this call has left them: when several are activated at once, each caller sees its own turn. */
export function activateDeployment(input: ActivateDeploymentInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deploymentStatusRules, input);
    const { orgId } = context.principal;
    context.loaders.clear();
    return context.prisma.$transaction(async (tx) => {
      const { row, workflow } = await lockDeployment(tx, orgId, id);
      if (row.status === 'ACTIVE') return { deployment: row, replaced: null };
      refuseStale(row, expectedVersion);
      const refused = transitionFault('deployment', deploymentTransitions, row.status, 'ACTIVE');
      if (refused) throw refused;
      await refuseUnfit(tx, row, workflow);

      const now = context.now();
      const inForce = { orgId, workflowId: row.workflowId, environment: row.environment, status: 'ACTIVE' } as const;
      const [replaced = null] = await tx.deployment.updateManyAndReturn({ where: inForce, data: { status: 'INACTIVE', deactivatedAt: now } });
      const deployment = await tx.deployment.update({ where: { orgId_id: { orgId, id } }, data: { status: 'ACTIVE', activatedAt: now } });
      await tell(tx, deployment, workflow, replaced, now);
      return { deployment, replaced };
    });
  });
}

/** Throws unless the workflow can run on this deployment as the newest version has it. */
async function refuseUnfit(tx: Tx, { orgId, workflowId, roleBindings }: Row, { status, currentVersion }: LockedWorkflow): Promise<void> {
  if (status === 'DEPRECATED') throw fault('INVALID_TRANSITION', 'id', 'id: its workflow is DEPRECATED, which is final; nothing of it comes into force again');
  const version = await tx.workflowVersion.findUnique({ where: { orgId_workflowId_version: { orgId, workflowId, version: currentVersion } } });
  if (!version) throw fault('INVALID_TRANSITION', 'id', 'id: its workflow has no version yet; publish one with publishWorkflowVersion, then activate it');
  const { steps } = withFaultsAt('id', () => parseDefinition(version.definition), `version ${currentVersion} of its workflow, `);
  const unbound = unboundRoles(steps.map(({ role }) => role), roleBindings);
  if (unbound.length) {
    throw fault('INVALID', 'id', `id: version ${currentVersion} of its workflow names roles that it binds no agent to: ${unbound.join(', ')}; create a deployment that does`);
  }
}

async function tell(tx: Tx, deployment: Row, workflow: LockedWorkflow, replaced: Row | null, now: Date): Promise<void> {
  const { id, orgId, workflowId, environment, gatewayId } = deployment;
  const payload = { deploymentId: id, workflowId, version: workflow.currentVersion, environment, replacedDeploymentId: replaced?.id ?? null };
  const displayLabel = `${workflow.name} is deployed in ${environment}`;
  const data = { type: 'deployment.activated', severity: 'INFO', displayLabel, payload, runId: null, agentId: null, gatewayId } as const;
  await publish(tx, orgId, { type: 'platform.event.occurred', subject: id, occurredAt: now, data });
}
