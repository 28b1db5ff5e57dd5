import { entity, type RowOf } from '@forge/subgraph-kit';

export const gatewayModelAccess = entity({
  type: 'GatewayModelAccess',
  table: 'gatewayModelAccess',
  columns: {
    gatewayId: 'id:Gateway',
    modelId: 'id:Model',
    allowed: 'boolean',
    allowedTiers: 'enum[]',
    requestsPerMinute: 'int?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type GatewayModelAccessRow = RowOf<typeof gatewayModelAccess>;
