import { entity, type RowOf } from '@forge/subgraph-kit';

export const auditEvent = entity({
  type: 'AuditEvent',
  table: 'auditEvents',
  columns: {
    category: 'enum',
    eventType: 'text',
    actorType: 'enum',
    actorId: 'text?',
    resourceType: 'text',
    resourceId: 'text',
    runId: 'id:WorkflowRun?',
    detail: 'json',
    occurredAt: 'time',
    sequence: 'bigint',
    previousHash: 'text',
    hash: 'text',
  },
  orderBy: { OCCURRED_AT: 'occurredAt', SEQUENCE: 'sequence' },
  newest: 'occurredAt',
});

export type AuditEventRow = RowOf<typeof auditEvent>;
