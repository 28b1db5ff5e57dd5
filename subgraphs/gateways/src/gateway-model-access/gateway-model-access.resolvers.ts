import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createGatewayModelAccess } from './create-gateway-model-access.ts';
import { deleteGatewayModelAccess } from './delete-gateway-model-access.ts';
import { updateGatewayModelAccess } from './update-gateway-model-access.ts';
import { gatewayModelAccess } from './gateway-model-access.entity.ts';
import { gateway } from '../gateway/gateway.entity.ts';

export const gatewayModelAccessResolvers: Resolvers = {
  Query: {
    gatewayModelAccess: (_, { id }, context, info) => findById(context, gatewayModelAccess, id, info),
    gatewayModelAccesses: (_, args, context, info) => connection(context, gatewayModelAccess, args, info),
  },
  GatewayModelAccess: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, gatewayModelAccess, id, info),
    gateway: ({ gatewayId }, _, context, info) => reference(context, gateway, gatewayId, info),
    model: ({ modelId }) => stub('Model', modelId),
  },
  Mutation: {
    createGatewayModelAccess: (_, { input }, context) => createGatewayModelAccess(input, context),
    updateGatewayModelAccess: (_, { input }, context) => updateGatewayModelAccess(input, context),
    deleteGatewayModelAccess: (_, { input }, context) => deleteGatewayModelAccess(input, context),
  },
};
