import { answer, checkInput, fault, reload, updateMissed } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import type { UpdateWorkflowInput } from '../generated/graphql.ts';
import { workflow } from './workflow.entity.ts';
import { scheduleRule, updateWorkflowRules } from './workflow.rules.ts';

export function updateWorkflow(input: UpdateWorkflowInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateWorkflowRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.workflow.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, workflow, id);
    return { workflow: await reload(context, workflow, id) };
  }, { workflows_schedule_fits_trigger: fault('INVALID', 'schedule', scheduleRule) });
}
