import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { agentConfigRevision } from './agent-config-revision.entity.ts';
import { agentDefinition } from '../agent-definition/agent-definition.entity.ts';

export const agentConfigRevisionResolvers: Resolvers = {
  Query: {
    agentConfigRevision: (_, { id }, context, info) => findById(context, agentConfigRevision, id, info),
    agentConfigRevisions: (_, args, context, info) => connection(context, agentConfigRevision, args, info),
  },
  AgentConfigRevision: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, agentConfigRevision, id, info),
    definition: ({ definitionId }, _, context, info) => reference(context, agentDefinition, definitionId, info),
    changedBy: ({ changedById }) => stub('Worker', changedById),
  },
};
