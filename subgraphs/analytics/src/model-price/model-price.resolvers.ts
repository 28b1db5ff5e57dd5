import { connection, findById, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { modelPrice } from './model-price.entity.ts';
import { priceAt } from './price-at.ts';
import { recordModelPrice } from './record-model-price.ts';
import { tokenEvent } from '../token-event/token-event.entity.ts';

export const modelPriceResolvers: Resolvers = {
  Query: {
    modelPrice: (_, { id }, context, info) => findById(context, modelPrice, id, info),
    priceAt: (_, args, context, info) => priceAt(args, context, info),
    modelPrices: (_, args, context, info) => connection(context, modelPrice, args, info),
  },
  ModelPrice: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, modelPrice, id, info),
    model: ({ modelId }) => stub('Model', modelId),
    gateway: ({ gatewayId }) => stub('Gateway', gatewayId),
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'priceId', id }),
  },
  Mutation: {
    recordModelPrice: (_, { input }, context) => recordModelPrice(input, context),
  },
};
