import { entity, type RowOf } from '@forge/subgraph-kit';

export const platformEvent = entity({
  type: 'PlatformEvent',
  table: 'platformEvents',
  columns: {
    type: 'text',
    source: 'text',
    severity: 'enum',
    displayLabel: 'text?',
    payload: 'json',
    runId: 'id:WorkflowRun?',
    agentId: 'id:Agent?',
    gatewayId: 'id:Gateway?',
    occurredAt: 'time',
  },
  orderBy: { OCCURRED_AT: 'occurredAt' },
  newest: 'occurredAt',
});

export type PlatformEventRow = RowOf<typeof platformEvent>;
