import { entity, type RowOf } from '@forge/subgraph-kit';

export const relevancyGateDecision = entity({
  type: 'RelevancyGateDecision',
  table: 'relevancyGateLog',
  columns: {
    channelId: 'id:Channel',
    sessionId: 'id:ChannelSession',
    messageId: 'id:ChatMessage',
    agentId: 'id:Agent',
    mode: 'enum',
    score: 'float',
    threshold: 'float',
    passed: 'boolean',
    reason: 'text',
    decidedAt: 'time',
  },
  orderBy: { DECIDED_AT: 'decidedAt' },
  newest: 'decidedAt',
});

export type RelevancyGateDecisionRow = RowOf<typeof relevancyGateDecision>;
