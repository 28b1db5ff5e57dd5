import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import type { CreateWorkflowDocumentInput } from '../generated/graphql.ts';
import { workflowDocument } from './workflow-document.entity.ts';
import { contentHash, createWorkflowDocumentRules } from './workflow-document.rules.ts';

export function createWorkflowDocument(input: CreateWorkflowDocumentInput, context: WorkflowContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createWorkflowDocumentRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createWorkflowDocument', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.workflowDocument.create({ data: { ...data, contentHash: contentHash(data.yaml), id: newId('WorkflowDocument'), orgId } })).id),
    );
    return { workflowDocument: await reload(context, workflowDocument, id) };
  });
}
