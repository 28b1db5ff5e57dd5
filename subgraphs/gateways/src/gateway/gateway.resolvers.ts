import { connection, findById, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { deregisterGateway } from './deregister-gateway.ts';
import { gateway } from './gateway.entity.ts';
import { registerGateway } from './register-gateway.ts';
import { rotateGatewayToken } from './rotate-gateway-token.ts';
import { gatewayHealthCheck } from '../gateway-health-check/gateway-health-check.entity.ts';
import { gatewayModelAccess } from '../gateway-model-access/gateway-model-access.entity.ts';
import { glooCredential } from '../gloo-credential/gloo-credential.entity.ts';

export const gatewayResolvers: Resolvers = {
  Query: {
    gateway: (_, { id }, context, info) => findById(context, gateway, id, info),
    gateways: (_, args, context, info) => connection(context, gateway, args, info),
  },
  Gateway: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, gateway, id, info),
    healthHistory: ({ id }, args, context, info) => connection(context, gatewayHealthCheck, args, info, { column: 'gatewayId', id }),
    modelAccess: ({ id }, args, context, info) => connection(context, gatewayModelAccess, args, info, { column: 'gatewayId', id }),
    glooCredentials: ({ id }, args, context, info) => connection(context, glooCredential, args, info, { column: 'gatewayId', id }),
  },
  Mutation: {
    registerGateway: (_, { input }, context) => registerGateway(input, context),
    rotateGatewayToken: (_, { input }, context) => rotateGatewayToken(input, context),
    deregisterGateway: (_, { input }, context) => deregisterGateway(input, context),
  },
};
