import { answer, checkInput } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import type { DeactivateDeploymentInput } from '../generated/graphql.ts';
import { refuseStale } from '../workflow/lock-workflow.ts';
import { transitionFault } from '../workflow/transition-fault.ts';
import { deploymentStatusRules, deploymentTransitions } from './deployment.rules.ts';
import { lockDeployment } from './lock-deployment.ts';

export function deactivateDeployment(input: DeactivateDeploymentInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deploymentStatusRules, input);
    const { orgId } = context.principal;
    context.loaders.clear();
    return context.prisma.$transaction(async (tx) => {
      const { row } = await lockDeployment(tx, orgId, id);
      if (row.status === 'INACTIVE') return { deployment: row };
      refuseStale(row, expectedVersion);
      const refused = transitionFault('deployment', deploymentTransitions, row.status, 'INACTIVE');
      if (refused) throw refused;
      return { deployment: await tx.deployment.update({ where: { orgId_id: { orgId, id } }, data: { status: 'INACTIVE', deactivatedAt: context.now() } }) };
    });
  });
}
