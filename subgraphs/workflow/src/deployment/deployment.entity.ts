import { entity, type RowOf } from '@forge/subgraph-kit';

export const deployment = entity({
  type: 'Deployment',
  table: 'deployments',
  columns: {
    workflowId: 'id:Workflow',
    gatewayId: 'id:Gateway',
    environment: 'text',
    status: 'enum',
    roleBindings: 'json',
    deployedById: 'id:Worker?',
    activatedAt: 'time?',
    deactivatedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type DeploymentRow = RowOf<typeof deployment>;
