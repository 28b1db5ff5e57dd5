import { idempotencyKey, idOf, optional, setOf, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import { webhookUrlFault } from './webhook-url.ts';

const url = text(1, 2_000).superRefine((value, issues) => {
  const message = webhookUrlFault(value);
  if (message) issues.addIssue({ code: 'custom', message });
});
/** Segments joined by dots; the last may be `*`, but not the only one. */
const eventType = text(1, 200).regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(\.\*)?$/, 'must be an event type such as workflow.run.completed, or a prefix such as workflow.*');
const eventTypes = setOf(eventType, 50).refine((types) => types.length > 0, 'needs at least one event type');
const description = text(0, 2_000).nullable();

export const createWebhookSubscriptionRules = z.object({
  url,
  eventTypes,
  description: description.default(null),
  createdById: idOf('Worker').nullable().default(null),
  idempotencyKey,
});

export const updateWebhookSubscriptionRules = z.object({
  ...versionedId('WebhookSubscription'),
  ...optional({ url, eventTypes, description }),
});

export const deleteWebhookSubscriptionRules = z.object(versionedId('WebhookSubscription'));
