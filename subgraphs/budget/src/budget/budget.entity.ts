import { entity, type RowOf } from '@forge/subgraph-kit';

export const budget = entity({
  type: 'Budget',
  table: 'budgets',
  columns: {
    name: 'text',
    scopeType: 'enum',
    scopeId: 'text?',
    period: 'enum',
    amountCents: 'decimal',
    spentCents: 'decimal',
    reservedCents: 'decimal',
    overrunCents: 'decimal',
    periodStart: 'time',
    lastResetAt: 'time?',
    alertThresholds: 'int[]',
    hardLimit: 'boolean',
    enabled: 'boolean',
    ownerId: 'id:Worker?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type BudgetRow = RowOf<typeof budget>;
