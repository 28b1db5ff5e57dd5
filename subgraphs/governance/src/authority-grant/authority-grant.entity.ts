import { entity, type RowOf } from '@forge/subgraph-kit';

export const authorityGrant = entity({
  type: 'AuthorityGrant',
  table: 'authorityGrants',
  columns: {
    granteeId: 'id:Worker',
    roleId: 'id:WorkerRole',
    grantedById: 'id:Worker',
    scopes: 'text[]',
    reason: 'text?',
    startsAt: 'time',
    expiresAt: 'time?',
    revokedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type AuthorityGrantRow = RowOf<typeof authorityGrant>;
