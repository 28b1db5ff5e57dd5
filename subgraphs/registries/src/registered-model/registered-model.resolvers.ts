import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { registeredModel } from './registered-model.entity.ts';
import { model } from '../model/model.entity.ts';

export const registeredModelResolvers: Resolvers = {
  Query: {
    registeredModel: (_, { id }, context, info) => findById(context, registeredModel, id, info),
    registeredModels: (_, args, context, info) => connection(context, registeredModel, args, info),
  },
  RegisteredModel: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, registeredModel, id, info),
    model: ({ modelId }, _, context, info) => reference(context, model, modelId, info),
    gateway: ({ gatewayId }) => stub('Gateway', gatewayId),
  },
};
