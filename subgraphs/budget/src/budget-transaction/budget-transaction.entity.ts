import { entity, type RowOf } from '@forge/subgraph-kit';

export const budgetTransaction = entity({
  type: 'BudgetTransaction',
  table: 'budgetTransactions',
  columns: {
    budgetId: 'id:Budget',
    sequence: 'int',
    type: 'enum',
    amountCents: 'decimal',
    overrunCents: 'decimal',
    spentAfterCents: 'decimal',
    reservedAfterCents: 'decimal',
    runId: 'id:WorkflowRun?',
    stepResultId: 'id:StepResult?',
    tokenEventId: 'id:TokenEvent?',
    reservationId: 'text?',
    note: 'text?',
    idempotencyKey: 'text',
    occurredAt: 'time',
  },
  orderBy: { OCCURRED_AT: 'occurredAt', SEQUENCE: 'sequence' },
  newest: 'occurredAt',
});

export type BudgetTransactionRow = RowOf<typeof budgetTransaction>;
