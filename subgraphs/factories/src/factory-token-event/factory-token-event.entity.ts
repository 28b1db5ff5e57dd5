import { entity, type RowOf } from '@forge/subgraph-kit';

export const factoryTokenEvent = entity({
  type: 'FactoryTokenEvent',
  table: 'factoryTokenEvents',
  columns: {
    factoryId: 'id:Factory',
    tokenEventId: 'id:TokenEvent',
    assignmentId: 'id:FactoryAssignment?',
    runId: 'id:WorkflowRun?',
    workerId: 'id:Worker?',
    totalTokens: 'int',
    costCents: 'decimal',
    occurredAt: 'time',
  },
  orderBy: { OCCURRED_AT: 'occurredAt' },
  newest: 'occurredAt',
});

export type FactoryTokenEventRow = RowOf<typeof factoryTokenEvent>;
