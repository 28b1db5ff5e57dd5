import { entity, type RowOf } from '@forge/subgraph-kit';

export const registeredModel = entity({
  type: 'RegisteredModel',
  table: 'modelRegistry',
  columns: {
    gatewayId: 'id:Gateway',
    modelId: 'id:Model',
    available: 'boolean',
    inputPrice: 'decimal?',
    outputPrice: 'decimal?',
    cachedInputPrice: 'decimal?',
    lastSyncedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type RegisteredModelRow = RowOf<typeof registeredModel>;
