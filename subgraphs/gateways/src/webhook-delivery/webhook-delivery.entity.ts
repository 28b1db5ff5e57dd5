import { entity, type RowOf } from '@forge/subgraph-kit';

export const webhookDelivery = entity({
  type: 'WebhookDelivery',
  table: 'webhookDeliveries',
  columns: {
    subscriptionId: 'id:WebhookSubscription',
    eventId: 'text',
    eventType: 'text',
    status: 'enum',
    attempts: 'int',
    httpStatus: 'int?',
    responseMs: 'int?',
    error: 'text?',
    nextAttemptAt: 'time?',
    deliveredAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type WebhookDeliveryRow = RowOf<typeof webhookDelivery>;
