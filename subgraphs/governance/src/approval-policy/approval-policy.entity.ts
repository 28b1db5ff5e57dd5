import { entity, type RowOf } from '@forge/subgraph-kit';

export const approvalPolicy = entity({
  type: 'ApprovalPolicy',
  table: 'approvalPolicies',
  columns: {
    name: 'text',
    scopeType: 'enum',
    scopeId: 'text?',
    trigger: 'enum',
    threshold: 'decimal?',
    severity: 'enum',
    approverRoleId: 'id:WorkerRole?',
    enabled: 'boolean',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type ApprovalPolicyRow = RowOf<typeof approvalPolicy>;
