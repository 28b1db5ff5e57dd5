import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { relevancyGateDecision } from './relevancy-gate-decision.entity.ts';
import { channel } from '../channel/channel.entity.ts';
import { channelSession } from '../channel-session/channel-session.entity.ts';
import { chatMessage } from '../chat-message/chat-message.entity.ts';

export const relevancyGateDecisionResolvers: Resolvers = {
  Query: {
    relevancyGateDecision: (_, { id }, context, info) => findById(context, relevancyGateDecision, id, info),
    relevancyGateDecisions: (_, args, context, info) => connection(context, relevancyGateDecision, args, info),
  },
  RelevancyGateDecision: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, relevancyGateDecision, id, info),
    channel: ({ channelId }, _, context, info) => reference(context, channel, channelId, info),
    session: ({ sessionId }, _, context, info) => reference(context, channelSession, sessionId, info),
    message: ({ messageId }, _, context, info) => reference(context, chatMessage, messageId, info),
    agent: ({ agentId }) => stub('Agent', agentId),
  },
};
