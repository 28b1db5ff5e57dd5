import { entity, type RowOf } from '@forge/subgraph-kit';

export const gatewayHealthCheck = entity({
  type: 'GatewayHealthCheck',
  table: 'gatewayHealthHistory',
  columns: {
    gatewayId: 'id:Gateway',
    status: 'enum',
    latencyMs: 'int?',
    message: 'text?',
    checkedAt: 'time',
  },
  orderBy: { CHECKED_AT: 'checkedAt' },
  newest: 'checkedAt',
});

export type GatewayHealthCheckRow = RowOf<typeof gatewayHealthCheck>;
