import { entity, type RowOf } from '@forge/subgraph-kit';

export const apiKey = entity({
  type: 'ApiKey',
  table: 'apiKeys',
  columns: {
    label: 'text',
    keyPrefix: 'text',
    interfaceId: 'text?',
    scopes: 'text[]',
    status: 'enum',
    parentKeyId: 'id:ApiKey?',
    createdById: 'id:Worker?',
    expiresAt: 'time?',
    revokedAt: 'time?',
    lastUsedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type ApiKeyRow = RowOf<typeof apiKey>;
