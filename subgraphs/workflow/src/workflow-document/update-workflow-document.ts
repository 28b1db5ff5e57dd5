import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import type { UpdateWorkflowDocumentInput } from '../generated/graphql.ts';
import { workflowDocument } from './workflow-document.entity.ts';
import { contentHash, updateWorkflowDocumentRules } from './workflow-document.rules.ts';

export function updateWorkflowDocument(input: UpdateWorkflowDocumentInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateWorkflowDocumentRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.workflowDocument.updateMany({
      where,
      data: { ...data, ...(data.yaml !== undefined && { contentHash: contentHash(data.yaml) }) },
    });
    if (count === 0) throw await updateMissed(context, workflowDocument, id);
    return { workflowDocument: await reload(context, workflowDocument, id) };
  });
}
