import { entity, type RowOf } from '@forge/subgraph-kit';

export const factory = entity({
  type: 'Factory',
  table: 'factories',
  columns: {
    name: 'text',
    typeId: 'id:FactoryType',
    status: 'enum',
    managerId: 'id:Worker?',
    managerAgentId: 'id:Agent?',
    teamId: 'id:Team?',
    budgetId: 'id:Budget?',
    blueprintId: 'id:FactoryBlueprint?',
    description: 'text?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type FactoryRow = RowOf<typeof factory>;
