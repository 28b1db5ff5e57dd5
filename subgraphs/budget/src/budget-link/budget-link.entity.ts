import { entity, type RowOf } from '@forge/subgraph-kit';

export const budgetLink = entity({
  type: 'BudgetLink',
  table: 'budgetHierarchy',
  columns: {
    parentId: 'id:Budget',
    childId: 'id:Budget',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type BudgetLinkRow = RowOf<typeof budgetLink>;
