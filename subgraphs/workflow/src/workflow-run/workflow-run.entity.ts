import { entity, type RowOf } from '@forge/subgraph-kit';

export const workflowRun = entity({
  type: 'WorkflowRun',
  table: 'workflowRuns',
  columns: {
    workflowId: 'id:Workflow',
    workflowVersionId: 'id:WorkflowVersion',
    definition: 'text',
    runType: 'enum',
    goal: 'text?',
    status: 'enum',
    args: 'json',
    guardrails: 'json?',
    totalCostCents: 'decimal',
    totalTokens: 'bigint',
    pendingApprovals: 'int',
    pendingHumanInputs: 'int',
    waitingReason: 'text?',
    deadlineAt: 'time?',
    gatewayId: 'id:Gateway?',
    deploymentId: 'id:Deployment?',
    startedById: 'id:Worker?',
    factoryId: 'id:Factory?',
    parentRunId: 'id:WorkflowRun?',
    branchedFromCheckpointId: 'id:WorkflowCheckpoint?',
    traceId: 'text',
    failureSnapshot: 'json?',
    startedAt: 'time?',
    completedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', STARTED_AT: 'startedAt' },
});

export type WorkflowRunRow = RowOf<typeof workflowRun>;
