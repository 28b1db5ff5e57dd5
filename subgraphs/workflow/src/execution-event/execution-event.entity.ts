import { entity, type RowOf } from '@forge/subgraph-kit';

export const executionEvent = entity({
  type: 'ExecutionEvent',
  table: 'executionEvents',
  columns: {
    runId: 'id:WorkflowRun',
    stepId: 'text?',
    sequence: 'bigint',
    type: 'text',
    payload: 'json',
    occurredAt: 'time',
  },
  orderBy: { OCCURRED_AT: 'occurredAt', SEQUENCE: 'sequence' },
  newest: 'occurredAt',
});

export type ExecutionEventRow = RowOf<typeof executionEvent>;
