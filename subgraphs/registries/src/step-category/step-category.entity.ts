import { entity, type RowOf } from '@forge/subgraph-kit';

export const stepCategory = entity({
  type: 'StepCategory',
  table: 'stepCategories',
  columns: {
    name: 'text',
    icon: 'text?',
    sortOrder: 'int',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name', SORT_ORDER: 'sortOrder' },
});

export type StepCategoryRow = RowOf<typeof stepCategory>;
