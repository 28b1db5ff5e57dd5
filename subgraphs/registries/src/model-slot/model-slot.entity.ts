import { entity, type RowOf } from '@forge/subgraph-kit';

export const modelSlot = entity({
  type: 'ModelSlot',
  table: 'modelSlots',
  columns: {
    definitionId: 'id:AgentDefinition',
    slot: 'enum',
    modelId: 'id:Model',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type ModelSlotRow = RowOf<typeof modelSlot>;
