import { entity, type RowOf } from '@forge/subgraph-kit';

export const tokenEvent = entity({
  type: 'TokenEvent',
  table: 'tokenEvents',
  columns: {
    runId: 'id:WorkflowRun?',
    stepId: 'text?',
    stepResultId: 'id:StepResult?',
    agentId: 'id:Agent?',
    workerId: 'id:Worker?',
    workflowId: 'id:Workflow?',
    factoryId: 'id:Factory?',
    gatewayId: 'id:Gateway?',
    modelId: 'id:Model',
    priceId: 'id:ModelPrice?',
    inputTokens: 'int',
    outputTokens: 'int',
    cachedInputTokens: 'int',
    thinkingTokens: 'int',
    costCents: 'decimal',
    succeeded: 'boolean',
    occurredAt: 'time',
    idempotencyKey: 'text',
  },
  orderBy: { OCCURRED_AT: 'occurredAt' },
  newest: 'occurredAt',
  partitionedBy: 'occurredAt',
});

export type TokenEventRow = RowOf<typeof tokenEvent>;
