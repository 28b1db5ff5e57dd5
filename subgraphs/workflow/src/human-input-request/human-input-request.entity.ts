import { entity, type RowOf } from '@forge/subgraph-kit';

export const humanInputRequest = entity({
  type: 'HumanInputRequest',
  table: 'humanInputRequests',
  columns: {
    runId: 'id:WorkflowRun',
    stepId: 'text',
    prompt: 'text',
    responseSchema: 'json?',
    status: 'enum',
    response: 'json?',
    answeredById: 'id:Worker?',
    expiresAt: 'time?',
    answeredAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type HumanInputRequestRow = RowOf<typeof humanInputRequest>;
