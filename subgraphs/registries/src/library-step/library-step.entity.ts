import { entity, type RowOf } from '@forge/subgraph-kit';

export const libraryStep = entity({
  type: 'LibraryStep',
  table: 'stepLibrary',
  columns: {
    name: 'text',
    categoryId: 'id:StepCategory',
    description: 'text?',
    definition: 'json',
    inputSchema: 'json?',
    outputSchema: 'json?',
    version: 'int',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type LibraryStepRow = RowOf<typeof libraryStep>;
