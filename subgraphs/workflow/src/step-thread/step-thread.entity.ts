import { entity, type RowOf } from '@forge/subgraph-kit';

export const stepThread = entity({
  type: 'StepThread',
  table: 'stepThreads',
  columns: {
    runId: 'id:WorkflowRun',
    stepId: 'text',
    threadId: 'text',
    agentId: 'id:Agent?',
    gatewayId: 'id:Gateway?',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type StepThreadRow = RowOf<typeof stepThread>;
