import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { agentDefinition } from '../agent-definition/agent-definition.entity.ts';
import { agentDeployment } from './agent-deployment.entity.ts';

export const agentDeploymentResolvers: Resolvers = {
  Query: {
    agentDeployment: (_, { id }, context, info) => findById(context, agentDeployment, id, info),
    agentDeployments: (_, args, context, info) => connection(context, agentDeployment, args, info),
  },
  AgentDeployment: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, agentDeployment, id, info),
    definition: ({ definitionId }, _, context, info) => reference(context, agentDefinition, definitionId, info),
    gateway: ({ gatewayId }) => stub('Gateway', gatewayId),
  },
};
