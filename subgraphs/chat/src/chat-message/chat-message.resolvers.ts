import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { chatMessage } from './chat-message.entity.ts';
import { channelSession } from '../channel-session/channel-session.entity.ts';
import { relevancyGateDecision } from '../relevancy-gate-decision/relevancy-gate-decision.entity.ts';

export const chatMessageResolvers: Resolvers = {
  Query: {
    chatMessage: (_, { id }, context, info) => findById(context, chatMessage, id, info),
    chatMessages: (_, args, context, info) => connection(context, chatMessage, args, info),
  },
  ChatMessage: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, chatMessage, id, info),
    session: ({ sessionId }, _, context, info) => reference(context, channelSession, sessionId, info),
    author: ({ authorId }) => stub('Worker', authorId),
    mentions: ({ mentionIds }) => mentionIds.map((id) => stub('Worker', id)),
    replyTo: ({ replyToId }, _, context, info) => reference(context, chatMessage, replyToId, info),
    replies: ({ id }, args, context, info) => connection(context, chatMessage, args, info, { column: 'replyToId', id }),
    relevancyDecisions: ({ id }, args, context, info) => connection(context, relevancyGateDecision, args, info, { column: 'messageId', id }),
  },
};
