import { entity, type RowOf } from '@forge/subgraph-kit';

export const agentChannelMemory = entity({
  type: 'AgentChannelMemory',
  table: 'agentChannelMemory',
  columns: {
    channelId: 'id:Channel',
    agentId: 'id:Agent',
    summary: 'text',
    facts: 'json',
    tokenCount: 'int',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type AgentChannelMemoryRow = RowOf<typeof agentChannelMemory>;
