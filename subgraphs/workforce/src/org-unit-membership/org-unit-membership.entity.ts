import { entity, type RowOf } from '@forge/subgraph-kit';

export const orgUnitMembership = entity({
  type: 'OrgUnitMembership',
  table: 'orgUnitMemberships',
  columns: {
    unitId: 'id:OrgUnit',
    workerId: 'id:Worker',
    role: 'text',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type OrgUnitMembershipRow = RowOf<typeof orgUnitMembership>;
