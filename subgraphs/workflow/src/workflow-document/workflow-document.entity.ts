import { entity, type RowOf } from '@forge/subgraph-kit';

export const workflowDocument = entity({
  type: 'WorkflowDocument',
  table: 'workflowDocuments',
  columns: {
    workflowId: 'id:Workflow',
    yaml: 'text',
    contentHash: 'text',
    pinned: 'boolean',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type WorkflowDocumentRow = RowOf<typeof workflowDocument>;
