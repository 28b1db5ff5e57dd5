import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createAgentSessionMemory } from './create-agent-session-memory.ts';
import { deleteAgentSessionMemory } from './delete-agent-session-memory.ts';
import { updateAgentSessionMemory } from './update-agent-session-memory.ts';
import { agentSessionMemory } from './agent-session-memory.entity.ts';
import { channelSession } from '../channel-session/channel-session.entity.ts';

export const agentSessionMemoryResolvers: Resolvers = {
  Query: {
    agentSessionMemory: (_, { id }, context, info) => findById(context, agentSessionMemory, id, info),
    agentSessionMemories: (_, args, context, info) => connection(context, agentSessionMemory, args, info),
  },
  AgentSessionMemory: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, agentSessionMemory, id, info),
    session: ({ sessionId }, _, context, info) => reference(context, channelSession, sessionId, info),
    agent: ({ agentId }) => stub('Agent', agentId),
  },
  Mutation: {
    createAgentSessionMemory: (_, { input }, context) => createAgentSessionMemory(input, context),
    updateAgentSessionMemory: (_, { input }, context) => updateAgentSessionMemory(input, context),
    deleteAgentSessionMemory: (_, { input }, context) => deleteAgentSessionMemory(input, context),
  },
};
