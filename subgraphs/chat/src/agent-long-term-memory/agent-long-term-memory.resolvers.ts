import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { agentLongTermMemory } from './agent-long-term-memory.entity.ts';
import { channel } from '../channel/channel.entity.ts';

export const agentLongTermMemoryResolvers: Resolvers = {
  Query: {
    agentLongTermMemory: (_, { id }, context, info) => findById(context, agentLongTermMemory, id, info),
    agentLongTermMemories: (_, args, context, info) => connection(context, agentLongTermMemory, args, info),
  },
  AgentLongTermMemory: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, agentLongTermMemory, id, info),
    agent: ({ agentId }) => stub('Agent', agentId),
    sourceChannel: ({ sourceChannelId }, _, context, info) => reference(context, channel, sourceChannelId, info),
  },
};
