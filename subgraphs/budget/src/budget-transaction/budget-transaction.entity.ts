import { entity, type RowOf } from '@forge/subgraph-kit';

export const budgetTransaction = entity({
  type: 'BudgetTransaction',
  table: 'budgetTransactions',
  columns: {
    budgetId: 'id:Budget',
    type: 'enum',
    amountCents: 'decimal',
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
  orderBy: { OCCURRED_AT: 'occurredAt' },
  newest: 'occurredAt',
});

export type BudgetTransactionRow = RowOf<typeof budgetTransaction>;
