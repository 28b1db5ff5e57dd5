import { entity, type RowOf } from '@forge/subgraph-kit';

export const workflow = entity({
  type: 'Workflow',
  table: 'workflows',
  columns: {
    name: 'text',
    description: 'text?',
    status: 'enum',
    tags: 'text[]',
    currentVersion: 'int',
    triggerType: 'enum',
    schedule: 'text?',
    nextScheduledRunAt: 'time?',
    createdById: 'id:Worker',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type WorkflowRow = RowOf<typeof workflow>;
