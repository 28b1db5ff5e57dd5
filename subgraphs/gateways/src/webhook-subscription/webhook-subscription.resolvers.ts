import { connection, findById, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createWebhookSubscription } from './create-webhook-subscription.ts';
import { deleteWebhookSubscription } from './delete-webhook-subscription.ts';
import { updateWebhookSubscription } from './update-webhook-subscription.ts';
import { webhookSubscription } from './webhook-subscription.entity.ts';
import { webhookDelivery } from '../webhook-delivery/webhook-delivery.entity.ts';

export const webhookSubscriptionResolvers: Resolvers = {
  Query: {
    webhookSubscription: (_, { id }, context, info) => findById(context, webhookSubscription, id, info),
    webhookSubscriptions: (_, args, context, info) => connection(context, webhookSubscription, args, info),
  },
  WebhookSubscription: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, webhookSubscription, id, info),
    createdBy: ({ createdById }) => stub('Worker', createdById),
    deliveries: ({ id }, args, context, info) => connection(context, webhookDelivery, args, info, { column: 'subscriptionId', id }),
  },
  Mutation: {
    createWebhookSubscription: (_, { input }, context) => createWebhookSubscription(input, context),
    updateWebhookSubscription: (_, { input }, context) => updateWebhookSubscription(input, context),
    deleteWebhookSubscription: (_, { input }, context) => deleteWebhookSubscription(input, context),
  },
};
