import { entity, type RowOf } from '@forge/subgraph-kit';

export const orgUnit = entity({
  type: 'OrgUnit',
  table: 'orgUnits',
  columns: {
    type: 'text',
    name: 'text',
    parentId: 'id:OrgUnit?',
    leadId: 'id:Worker?',
    metadata: 'json?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type OrgUnitRow = RowOf<typeof orgUnit>;
