import { entity, type RowOf } from '@forge/subgraph-kit';

export const handoff = entity({
  type: 'Handoff',
  table: 'handoffs',
  columns: {
    runId: 'id:WorkflowRun',
    fromStepId: 'text',
    toStepId: 'text',
    fromAgentId: 'id:Agent?',
    toAgentId: 'id:Agent?',
    summary: 'text?',
    payload: 'json',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type HandoffRow = RowOf<typeof handoff>;
