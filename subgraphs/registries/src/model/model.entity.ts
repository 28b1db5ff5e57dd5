import { entity, type RowOf } from '@forge/subgraph-kit';

export const model = entity({
  type: 'Model',
  table: 'modelCatalog',
  columns: {
    modelKey: 'text',
    provider: 'text',
    displayName: 'text',
    inputPrice: 'decimal',
    outputPrice: 'decimal',
    cachedInputPrice: 'decimal?',
    contextWindow: 'int?',
    maxOutputTokens: 'int?',
    reasoning: 'boolean',
    modalities: 'text[]',
    status: 'enum',
    approvalRequired: 'boolean',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', MODEL_KEY: 'modelKey' },
});

export type ModelRow = RowOf<typeof model>;
