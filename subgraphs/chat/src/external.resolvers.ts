import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { channel } from './channel/channel.entity.ts';
import { channelSession } from './channel-session/channel-session.entity.ts';
import { chatMessage } from './chat-message/chat-message.entity.ts';
import { agentSessionMemory } from './agent-session-memory/agent-session-memory.entity.ts';
import { agentChannelMemory } from './agent-channel-memory/agent-channel-memory.entity.ts';
import { agentLongTermMemory } from './agent-long-term-memory/agent-long-term-memory.entity.ts';
import { relevancyGateDecision } from './relevancy-gate-decision/relevancy-gate-decision.entity.ts';

export const externalResolvers: Resolvers = {
  Factory: {
    channels: ({ id }, args, context, info) => connection(context, channel, args, info, { column: 'factoryId', id }),
  },
  Team: {
    channels: ({ id }, args, context, info) => connection(context, channel, args, info, { column: 'teamId', id }),
  },
  Worker: {
    ownedChannels: ({ id }, args, context, info) => connection(context, channel, args, info, { column: 'ownerId', id }),
    channelSessions: ({ id }, args, context, info) => connection(context, channelSession, args, info, { column: 'participantIds', id }),
    messages: ({ id }, args, context, info) => connection(context, chatMessage, args, info, { column: 'authorId', id }),
    mentions: ({ id }, args, context, info) => connection(context, chatMessage, args, info, { column: 'mentionIds', id }),
  },
  WorkflowRun: {
    channelSessions: ({ id }, args, context, info) => connection(context, channelSession, args, info, { column: 'runId', id }),
  },
  FactoryAssignment: {
    channelSessions: ({ id }, args, context, info) => connection(context, channelSession, args, info, { column: 'assignmentId', id }),
  },
  Agent: {
    sessionMemories: ({ id }, args, context, info) => connection(context, agentSessionMemory, args, info, { column: 'agentId', id }),
    channelMemories: ({ id }, args, context, info) => connection(context, agentChannelMemory, args, info, { column: 'agentId', id }),
    longTermMemories: ({ id }, args, context, info) => connection(context, agentLongTermMemory, args, info, { column: 'agentId', id }),
    relevancyDecisions: ({ id }, args, context, info) => connection(context, relevancyGateDecision, args, info, { column: 'agentId', id }),
  },
};
