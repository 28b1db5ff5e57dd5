import { entity, type RowOf } from '@forge/subgraph-kit';

export const agent = entity({
  type: 'Agent',
  table: 'agentRegistry',
  columns: {
    agentId: 'text',
    name: 'text',
    gatewayId: 'id:Gateway',
    definitionId: 'id:AgentDefinition?',
    workerId: 'id:Worker?',
    status: 'enum',
    maxConcurrency: 'int',
    lastSeenAt: 'time?',
    metadata: 'json?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type AgentRow = RowOf<typeof agent>;
