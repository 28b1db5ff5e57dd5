import { entity, type RowOf } from '@forge/subgraph-kit';

export const workflowCheckpoint = entity({
  type: 'WorkflowCheckpoint',
  table: 'workflowCheckpoints',
  columns: {
    runId: 'id:WorkflowRun',
    sequence: 'int',
    completedStepIds: 'text[]',
    skippedStepIds: 'text[]',
    variables: 'json',
    accumulatedOutputs: 'json',
    variableOverwriteOrder: 'text[]',
  },
  orderBy: { CREATED_AT: 'createdAt', SEQUENCE: 'sequence' },
});

export type WorkflowCheckpointRow = RowOf<typeof workflowCheckpoint>;
