import { entity, type RowOf } from '@forge/subgraph-kit';

export const policy = entity({
  type: 'Policy',
  table: 'policies',
  columns: {
    name: 'text',
    category: 'enum',
    scopeType: 'enum',
    scopeId: 'text?',
    condition: 'json',
    action: 'enum',
    enforcement: 'enum',
    priority: 'int',
    enabled: 'boolean',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type PolicyRow = RowOf<typeof policy>;
