import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import type { DeleteWorkflowInput } from '../generated/graphql.ts';
import { workflow } from './workflow.entity.ts';
import { deleteWorkflowRules } from './workflow.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: the workflow has documents, versions, runs or deployments; deprecate it instead');

export function deleteWorkflow(input: DeleteWorkflowInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteWorkflowRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.workflow.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, workflow, id);
    return { deletedId: id };
  });
}
