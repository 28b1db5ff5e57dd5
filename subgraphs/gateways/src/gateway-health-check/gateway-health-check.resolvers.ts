import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { gatewayHealthCheck } from './gateway-health-check.entity.ts';
import { recordGatewayHealth } from './record-gateway-health.ts';
import { gateway } from '../gateway/gateway.entity.ts';

export const gatewayHealthCheckResolvers: Resolvers = {
  Query: {
    gatewayHealthCheck: (_, { id }, context, info) => findById(context, gatewayHealthCheck, id, info),
    gatewayHealthChecks: (_, args, context, info) => connection(context, gatewayHealthCheck, args, info),
  },
  GatewayHealthCheck: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, gatewayHealthCheck, id, info),
    gateway: ({ gatewayId }, _, context, info) => reference(context, gateway, gatewayId, info),
  },
  Mutation: {
    recordGatewayHealth: (_, { input }, context) => recordGatewayHealth(input, context),
  },
};
