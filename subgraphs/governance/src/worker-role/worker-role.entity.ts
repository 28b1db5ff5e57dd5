import { entity, type RowOf } from '@forge/subgraph-kit';

export const workerRole = entity({
  type: 'WorkerRole',
  table: 'workerRoles',
  columns: {
    name: 'text',
    description: 'text?',
    autonomyTier: 'enum',
    allowedEnvironments: 'text[]',
    allowedActions: 'enum[]',
    acceptedSourceClasses: 'text[]',
    requireFreshness: 'boolean',
    maxSpendCents: 'decimal?',
    maxConcurrency: 'int?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type WorkerRoleRow = RowOf<typeof workerRole>;
