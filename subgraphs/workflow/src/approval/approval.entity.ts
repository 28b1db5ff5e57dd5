import { entity, type RowOf } from '@forge/subgraph-kit';

export const approval = entity({
  type: 'Approval',
  table: 'approvals',
  columns: {
    runId: 'id:WorkflowRun',
    stepId: 'text',
    stepResultId: 'id:StepResult?',
    summary: 'text',
    source: 'enum',
    severity: 'enum',
    policyId: 'id:Policy?',
    channelId: 'id:Channel?',
    status: 'enum',
    requestedAt: 'time',
    resolvedById: 'id:Worker?',
    resolvedAt: 'time?',
    comment: 'text?',
    remindersSent: 'int',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', REQUESTED_AT: 'requestedAt' },
});

export type ApprovalRow = RowOf<typeof approval>;
