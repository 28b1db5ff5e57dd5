import { entity, type RowOf } from '@forge/subgraph-kit';

export const factoryBlueprint = entity({
  type: 'FactoryBlueprint',
  table: 'factoryBlueprints',
  columns: {
    typeId: 'id:FactoryType',
    name: 'text',
    teamComposition: 'json',
    channelStructure: 'json',
    environmentSpec: 'json',
    budgetLimits: 'json',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type FactoryBlueprintRow = RowOf<typeof factoryBlueprint>;
