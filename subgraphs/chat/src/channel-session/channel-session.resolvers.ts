import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { channelSession } from './channel-session.entity.ts';
import { channel } from '../channel/channel.entity.ts';
import { chatMessage } from '../chat-message/chat-message.entity.ts';
import { agentSessionMemory } from '../agent-session-memory/agent-session-memory.entity.ts';
import { relevancyGateDecision } from '../relevancy-gate-decision/relevancy-gate-decision.entity.ts';

export const channelSessionResolvers: Resolvers = {
  Query: {
    channelSession: (_, { id }, context, info) => findById(context, channelSession, id, info),
    channelSessions: (_, args, context, info) => connection(context, channelSession, args, info),
  },
  ChannelSession: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, channelSession, id, info),
    channel: ({ channelId }, _, context, info) => reference(context, channel, channelId, info),
    participants: ({ participantIds }) => participantIds.map((id) => stub('Worker', id)),
    run: ({ runId }) => stub('WorkflowRun', runId),
    assignment: ({ assignmentId }) => stub('FactoryAssignment', assignmentId),
    messages: ({ id }, args, context, info) => connection(context, chatMessage, args, info, { column: 'sessionId', id }),
    agentMemories: ({ id }, args, context, info) => connection(context, agentSessionMemory, args, info, { column: 'sessionId', id }),
    relevancyDecisions: ({ id }, args, context, info) => connection(context, relevancyGateDecision, args, info, { column: 'sessionId', id }),
  },
};
