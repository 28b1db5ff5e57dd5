import { entity, type RowOf } from '@forge/subgraph-kit';

export const modelRoutingRule = entity({
  type: 'ModelRoutingRule',
  table: 'modelRoutingConfig',
  columns: {
    name: 'text',
    match: 'json',
    primaryModelId: 'id:Model',
    fallbackModelIds: 'id:Model[]',
    priority: 'int',
    enabled: 'boolean',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name', PRIORITY: 'priority' },
});

export type ModelRoutingRuleRow = RowOf<typeof modelRoutingRule>;
