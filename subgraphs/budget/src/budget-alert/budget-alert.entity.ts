import { entity, type RowOf } from '@forge/subgraph-kit';

export const budgetAlert = entity({
  type: 'BudgetAlert',
  table: 'budgetAlerts',
  columns: {
    budgetId: 'id:Budget',
    thresholdPercent: 'int',
    spentCents: 'decimal',
    amountCents: 'decimal',
    periodStart: 'time',
    status: 'enum',
    acknowledgedById: 'id:Worker?',
    acknowledgedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type BudgetAlertRow = RowOf<typeof budgetAlert>;
