import { entity, type RowOf } from '@forge/subgraph-kit';

export const factoryDevEnvironment = entity({
  type: 'FactoryDevEnvironment',
  table: 'factoryDevEnvironments',
  columns: {
    factoryId: 'id:Factory',
    name: 'text',
    provider: 'text',
    status: 'enum',
    url: 'text?',
    spec: 'json',
    ownerId: 'id:Worker?',
    lastError: 'text?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type FactoryDevEnvironmentRow = RowOf<typeof factoryDevEnvironment>;
