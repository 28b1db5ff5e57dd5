import { entity, type RowOf } from '@forge/subgraph-kit';

export const agentSessionMemory = entity({
  type: 'AgentSessionMemory',
  table: 'agentSessionMemory',
  columns: {
    sessionId: 'id:ChannelSession',
    agentId: 'id:Agent',
    window: 'json',
    rollingSummary: 'text?',
    tokenCount: 'int',
    tokenBudget: 'int',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type AgentSessionMemoryRow = RowOf<typeof agentSessionMemory>;
