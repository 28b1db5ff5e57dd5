import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { webhookDelivery } from './webhook-delivery.entity.ts';
import { webhookSubscription } from '../webhook-subscription/webhook-subscription.entity.ts';

export const webhookDeliveryResolvers: Resolvers = {
  Query: {
    webhookDelivery: (_, { id }, context, info) => findById(context, webhookDelivery, id, info),
    webhookDeliveries: (_, args, context, info) => connection(context, webhookDelivery, args, info),
  },
  WebhookDelivery: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, webhookDelivery, id, info),
    subscription: ({ subscriptionId }, _, context, info) => reference(context, webhookSubscription, subscriptionId, info),
  },
};
