import { answer, checkInput, fault, reload, updateMissed } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import type { UpdateWorkflowInput } from '../generated/graphql.ts';
import { lockWorkflow } from './lock-workflow.ts';
import { workflow } from './workflow.entity.ts';
import { nextRunAfterChange, scheduleRule, updateWorkflowRules } from './workflow.rules.ts';

export function updateWorkflow(input: UpdateWorkflowInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateWorkflowRules, input);
    const { orgId } = context.principal;
    const where = { orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.$transaction(async (tx) => {
      const row = await lockWorkflow(tx, orgId, id);
      return tx.workflow.updateMany({ where, data: { ...data, ...(row && { nextScheduledRunAt: nextRunAfterChange(row, data, context.now()) }) } });
    });
    if (count === 0) throw await updateMissed(context, workflow, id);
    return { workflow: await reload(context, workflow, id) };
  }, { workflows_schedule_fits_trigger: fault('INVALID', 'schedule', `schedule: ${scheduleRule}`) });
}
