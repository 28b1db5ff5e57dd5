import { entity, type RowOf } from '@forge/subgraph-kit';

export const gateway = entity({
  type: 'Gateway',
  table: 'gatewayRegistry',
  columns: {
    gatewayId: 'text',
    name: 'text',
    url: 'text',
    provider: 'enum',
    environment: 'text',
    status: 'enum',
    capabilities: 'text[]',
    previousTokenExpiresAt: 'time?',
    instanceId: 'text?',
    registrationSource: 'enum',
    minTrustLevel: 'int',
    displayOrder: 'int',
    lastSeenAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name', DISPLAY_ORDER: 'displayOrder' },
});

export type GatewayRow = RowOf<typeof gateway>;
