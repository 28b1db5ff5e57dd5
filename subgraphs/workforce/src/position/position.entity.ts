import { entity, type RowOf } from '@forge/subgraph-kit';

export const position = entity({
  type: 'Position',
  table: 'positions',
  columns: {
    teamId: 'id:Team',
    title: 'text',
    level: 'int?',
    headcount: 'int',
    roleId: 'id:WorkerRole?',
    status: 'enum',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type PositionRow = RowOf<typeof position>;
