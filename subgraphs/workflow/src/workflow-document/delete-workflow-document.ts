import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import type { DeleteWorkflowDocumentInput } from '../generated/graphql.ts';
import { workflowDocument } from './workflow-document.entity.ts';
import { deleteWorkflowDocumentRules } from './workflow-document.rules.ts';

export function deleteWorkflowDocument(input: DeleteWorkflowDocumentInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteWorkflowDocumentRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.workflowDocument.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, workflowDocument, id);
    return { deletedId: id };
  });
}
