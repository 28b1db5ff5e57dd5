import { answer, checkInput, fault, reload } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import { lockWorkflow, refuseStale, type LockedWorkflow } from './lock-workflow.ts';
import { transitionFault } from './transition-fault.ts';
import { workflow } from './workflow.entity.ts';
import { nextRunAt, workflowStatusRules, workflowTransitions, type WorkflowStatus } from './workflow.rules.ts';

/** Takes a workflow into a state, or leaves it there: who asks for what is so already, and has missed nothing, is answered alike. */
export function changeStatus(input: object, to: WorkflowStatus, context: WorkflowContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(workflowStatusRules, input);
    const { orgId } = context.principal;
    await context.prisma.$transaction(async (tx) => {
      const row = await lockWorkflow(tx, orgId, id);
      if (!row) throw fault('NOT_FOUND', 'id', 'id: leads to no Workflow');
      if (row.status === to) return;
      refuseStale(row, expectedVersion);
      refuseTransition(row, to);
      await tx.workflow.update({ where: { orgId_id: { orgId, id } }, data: { status: to, nextScheduledRunAt: nextRunAt(to, row, context.now()) } });
    });
    return { workflow: await reload(context, workflow, id) };
  });
}

function refuseTransition({ status, currentVersion }: LockedWorkflow, to: WorkflowStatus): void {
  const refused = transitionFault('workflow', workflowTransitions, status, to);
  if (refused) throw refused;
  if (to === 'ACTIVE' && currentVersion === 0) {
    throw fault('INVALID_TRANSITION', 'id', `id: the workflow is ${status} and has no version yet; publish one with publishWorkflowVersion, then activate it`);
  }
}
