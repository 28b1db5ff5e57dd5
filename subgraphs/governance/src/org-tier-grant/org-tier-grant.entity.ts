import { entity, type RowOf } from '@forge/subgraph-kit';

export const orgTierGrant = entity({
  type: 'OrgTierGrant',
  table: 'orgTierGrants',
  columns: {
    tier: 'enum',
    permissions: 'text[]',
    limits: 'json',
    validFrom: 'time',
    validTo: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type OrgTierGrantRow = RowOf<typeof orgTierGrant>;
