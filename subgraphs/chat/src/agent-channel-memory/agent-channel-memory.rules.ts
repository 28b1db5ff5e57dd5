import { idempotencyKey, idOf, jsonObject, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const kept = {
  summary: text(1, 20_000),
  facts: jsonObject(),
  tokenCount: z.int().min(0, 'must be 0 or more'),
};

export const createAgentChannelMemoryRules = z.object({ channelId: idOf('Channel'), agentId: idOf('Agent'), ...kept, idempotencyKey });

export const updateAgentChannelMemoryRules = z.object({ ...versionedId('AgentChannelMemory'), ...optional(kept) });

export const deleteAgentChannelMemoryRules = z.object(versionedId('AgentChannelMemory'));
