import { entity, type RowOf } from '@forge/subgraph-kit';

export const factoryAssignment = entity({
  type: 'FactoryAssignment',
  table: 'factoryAssignments',
  columns: {
    factoryId: 'id:Factory',
    title: 'text',
    description: 'text?',
    status: 'enum',
    assigneeId: 'id:Worker?',
    runId: 'id:WorkflowRun?',
    priority: 'int',
    dueAt: 'time?',
    completedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type FactoryAssignmentRow = RowOf<typeof factoryAssignment>;
