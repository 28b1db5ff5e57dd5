import { entity, type RowOf } from '@forge/subgraph-kit';

export const agentDeployment = entity({
  type: 'AgentDeployment',
  table: 'agentDeployments',
  columns: {
    definitionId: 'id:AgentDefinition',
    gatewayId: 'id:Gateway',
    version: 'int',
    status: 'enum',
    syncStatus: 'enum',
    overrides: 'json',
    deployedAt: 'time?',
    lastError: 'text?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type AgentDeploymentRow = RowOf<typeof agentDeployment>;
