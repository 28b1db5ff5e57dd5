import { entity, type RowOf } from '@forge/subgraph-kit';

export const prompt = entity({
  type: 'Prompt',
  table: 'promptLibrary',
  columns: {
    name: 'text',
    description: 'text?',
    tags: 'text[]',
    currentVersion: 'int',
    ownerId: 'id:Worker?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type PromptRow = RowOf<typeof prompt>;
