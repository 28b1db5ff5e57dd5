import { entity, type RowOf } from '@forge/subgraph-kit';

export const glooCredential = entity({
  type: 'GlooCredential',
  table: 'glooCredentials',
  columns: {
    name: 'text',
    clientId: 'text',
    scopes: 'text[]',
    status: 'enum',
    expiresAt: 'time?',
    gatewayId: 'id:Gateway?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type GlooCredentialRow = RowOf<typeof glooCredential>;
