import { entity, type RowOf } from '@forge/subgraph-kit';

export const agentLongTermMemory = entity({
  type: 'AgentLongTermMemory',
  table: 'agentLongTermMemory',
  columns: {
    agentId: 'id:Agent',
    kind: 'enum',
    content: 'text',
    embedding: 'float[]?',
    importance: 'float',
    sourceChannelId: 'id:Channel?',
    lastRecalledAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type AgentLongTermMemoryRow = RowOf<typeof agentLongTermMemory>;
