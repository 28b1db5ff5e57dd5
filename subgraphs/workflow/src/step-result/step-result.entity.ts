import { entity, type RowOf } from '@forge/subgraph-kit';

export const stepResult = entity({
  type: 'StepResult',
  table: 'stepResults',
  columns: {
    runId: 'id:WorkflowRun',
    stepId: 'text',
    attempt: 'int',
    status: 'enum',
    agentId: 'id:Agent?',
    gatewayId: 'id:Gateway?',
    modelId: 'id:Model?',
    role: 'text?',
    command: 'text?',
    inputs: 'json?',
    outputs: 'text[]',
    timeoutSeconds: 'int?',
    heldFor: 'enum?',
    leaseExpiresAt: 'time?',
    clearedAt: 'time?',
    output: 'json?',
    error: 'json?',
    inputTokens: 'int',
    outputTokens: 'int',
    costCents: 'decimal',
    durationMs: 'int?',
    metadata: 'json?',
    startedAt: 'time?',
    completedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', STARTED_AT: 'startedAt' },
});

export type StepResultRow = RowOf<typeof stepResult>;
