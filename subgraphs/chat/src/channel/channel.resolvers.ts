import { connection, findById, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { archiveChannel } from './archive-channel.ts';
import { createChannel } from './create-channel.ts';
import { updateChannel } from './update-channel.ts';
import { channel } from './channel.entity.ts';
import { channelSession } from '../channel-session/channel-session.entity.ts';
import { agentChannelMemory } from '../agent-channel-memory/agent-channel-memory.entity.ts';
import { agentLongTermMemory } from '../agent-long-term-memory/agent-long-term-memory.entity.ts';
import { externalChannelLink } from '../external-channel-link/external-channel-link.entity.ts';
import { relevancyGateDecision } from '../relevancy-gate-decision/relevancy-gate-decision.entity.ts';

export const channelResolvers: Resolvers = {
  Query: {
    channel: (_, { id }, context, info) => findById(context, channel, id, info),
    channels: (_, args, context, info) => connection(context, channel, args, info),
  },
  Channel: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, channel, id, info),
    factory: ({ factoryId }) => stub('Factory', factoryId),
    team: ({ teamId }) => stub('Team', teamId),
    owner: ({ ownerId }) => stub('Worker', ownerId),
    sessions: ({ id }, args, context, info) => connection(context, channelSession, args, info, { column: 'channelId', id }),
    agentMemories: ({ id }, args, context, info) => connection(context, agentChannelMemory, args, info, { column: 'channelId', id }),
    longTermMemories: ({ id }, args, context, info) => connection(context, agentLongTermMemory, args, info, { column: 'sourceChannelId', id }),
    externalLinks: ({ id }, args, context, info) => connection(context, externalChannelLink, args, info, { column: 'channelId', id }),
    relevancyDecisions: ({ id }, args, context, info) => connection(context, relevancyGateDecision, args, info, { column: 'channelId', id }),
  },
  Mutation: {
    createChannel: (_, { input }, context) => createChannel(input, context),
    updateChannel: (_, { input }, context) => updateChannel(input, context),
    archiveChannel: (_, { input }, context) => archiveChannel(input, context),
  },
};
