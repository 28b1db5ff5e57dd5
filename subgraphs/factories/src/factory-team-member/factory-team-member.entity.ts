import { entity, type RowOf } from '@forge/subgraph-kit';

export const factoryTeamMember = entity({
  type: 'FactoryTeamMember',
  table: 'factoryTeamMembers',
  columns: {
    factoryId: 'id:Factory',
    workerId: 'id:Worker',
    positionId: 'id:Position?',
    role: 'enum',
    joinedAt: 'time',
    leftAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type FactoryTeamMemberRow = RowOf<typeof factoryTeamMember>;
