import { entity, type RowOf } from '@forge/subgraph-kit';

export const team = entity({
  type: 'Team',
  table: 'teams',
  columns: {
    departmentId: 'id:Department',
    name: 'text',
    leadId: 'id:Worker?',
    description: 'text?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type TeamRow = RowOf<typeof team>;
