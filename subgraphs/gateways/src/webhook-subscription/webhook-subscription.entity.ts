import { entity, type RowOf } from '@forge/subgraph-kit';

export const webhookSubscription = entity({
  type: 'WebhookSubscription',
  table: 'webhookSubscriptions',
  columns: {
    url: 'text',
    eventTypes: 'text[]',
    status: 'enum',
    description: 'text?',
    createdById: 'id:Worker?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type WebhookSubscriptionRow = RowOf<typeof webhookSubscription>;
