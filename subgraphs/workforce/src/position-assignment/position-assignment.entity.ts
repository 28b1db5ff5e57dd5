import { entity, type RowOf } from '@forge/subgraph-kit';

export const positionAssignment = entity({
  type: 'PositionAssignment',
  table: 'positionAssignments',
  columns: {
    positionId: 'id:Position',
    workerId: 'id:Worker',
    allocationPercent: 'int',
    startsOn: 'date',
    endsOn: 'date?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type PositionAssignmentRow = RowOf<typeof positionAssignment>;
