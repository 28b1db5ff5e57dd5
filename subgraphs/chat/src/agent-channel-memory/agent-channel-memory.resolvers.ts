import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createAgentChannelMemory } from './create-agent-channel-memory.ts';
import { deleteAgentChannelMemory } from './delete-agent-channel-memory.ts';
import { updateAgentChannelMemory } from './update-agent-channel-memory.ts';
import { agentChannelMemory } from './agent-channel-memory.entity.ts';
import { channel } from '../channel/channel.entity.ts';

export const agentChannelMemoryResolvers: Resolvers = {
  Query: {
    agentChannelMemory: (_, { id }, context, info) => findById(context, agentChannelMemory, id, info),
    agentChannelMemories: (_, args, context, info) => connection(context, agentChannelMemory, args, info),
  },
  AgentChannelMemory: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, agentChannelMemory, id, info),
    channel: ({ channelId }, _, context, info) => reference(context, channel, channelId, info),
    agent: ({ agentId }) => stub('Agent', agentId),
  },
  Mutation: {
    createAgentChannelMemory: (_, { input }, context) => createAgentChannelMemory(input, context),
    updateAgentChannelMemory: (_, { input }, context) => updateAgentChannelMemory(input, context),
    deleteAgentChannelMemory: (_, { input }, context) => deleteAgentChannelMemory(input, context),
  },
};
