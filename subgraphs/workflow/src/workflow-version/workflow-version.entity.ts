import { entity, type RowOf } from '@forge/subgraph-kit';

export const workflowVersion = entity({
  type: 'WorkflowVersion',
  table: 'workflowVersions',
  columns: {
    workflowId: 'id:Workflow',
    version: 'int',
    definition: 'text',
    contentHash: 'text',
    changelog: 'text?',
    createdById: 'id:Worker',
  },
  orderBy: { CREATED_AT: 'createdAt', VERSION: 'version' },
});

export type WorkflowVersionRow = RowOf<typeof workflowVersion>;
