import { entity, type RowOf } from '@forge/subgraph-kit';

export const department = entity({
  type: 'Department',
  table: 'departments',
  columns: {
    companyId: 'text',
    name: 'text',
    parentId: 'id:Department?',
    headId: 'id:Worker?',
    costCenter: 'text?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type DepartmentRow = RowOf<typeof department>;
