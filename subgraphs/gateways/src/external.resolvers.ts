import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { gatewayModelAccess } from './gateway-model-access/gateway-model-access.entity.ts';
import { apiKey } from './api-key/api-key.entity.ts';
import { webhookSubscription } from './webhook-subscription/webhook-subscription.entity.ts';

export const externalResolvers: Resolvers = {
  Model: {
    gatewayAccess: ({ id }, args, context, info) => connection(context, gatewayModelAccess, args, info, { column: 'modelId', id }),
  },
  Worker: {
    apiKeys: ({ id }, args, context, info) => connection(context, apiKey, args, info, { column: 'createdById', id }),
    webhookSubscriptions: ({ id }, args, context, info) => connection(context, webhookSubscription, args, info, { column: 'createdById', id }),
  },
};
