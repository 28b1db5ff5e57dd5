import { channelResolvers } from './channel/channel.resolvers.ts';
import { channelSessionResolvers } from './channel-session/channel-session.resolvers.ts';
import { chatMessageResolvers } from './chat-message/chat-message.resolvers.ts';
import { agentSessionMemoryResolvers } from './agent-session-memory/agent-session-memory.resolvers.ts';
import { agentChannelMemoryResolvers } from './agent-channel-memory/agent-channel-memory.resolvers.ts';
import { agentLongTermMemoryResolvers } from './agent-long-term-memory/agent-long-term-memory.resolvers.ts';
import { externalChannelLinkResolvers } from './external-channel-link/external-channel-link.resolvers.ts';
import { relevancyGateDecisionResolvers } from './relevancy-gate-decision/relevancy-gate-decision.resolvers.ts';
import { externalResolvers } from './external.resolvers.ts';

export const resolvers = [
  channelResolvers,
  channelSessionResolvers,
  chatMessageResolvers,
  agentSessionMemoryResolvers,
  agentChannelMemoryResolvers,
  agentLongTermMemoryResolvers,
  externalChannelLinkResolvers,
  relevancyGateDecisionResolvers,
  externalResolvers,
];
