import { entity, type RowOf } from '@forge/subgraph-kit';

export const worker = entity({
  type: 'Worker',
  table: 'workers',
  columns: {
    type: 'enum',
    displayName: 'text',
    email: 'text?',
    externalId: 'text?',
    teamId: 'id:Team?',
    managerId: 'id:Worker?',
    roleId: 'id:WorkerRole?',
    status: 'enum',
    costCenter: 'text?',
    startedOn: 'date?',
    endedOn: 'date?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type WorkerRow = RowOf<typeof worker>;
