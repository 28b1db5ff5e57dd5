import { entity, type RowOf } from '@forge/subgraph-kit';

export const factoryType = entity({
  type: 'FactoryType',
  table: 'factoryTypes',
  columns: {
    name: 'text',
    description: 'text?',
    defaultConfig: 'json',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type FactoryTypeRow = RowOf<typeof factoryType>;
