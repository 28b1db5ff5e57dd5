import { fault, idempotencyKey, idOf, json, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const kept = {
  window: json(100_000).refine((value) => typeof value === 'object', 'must be a JSON object or list'),
  rollingSummary: text(0, 20_000).nullable(),
  tokenCount: z.int().min(0, 'must be 0 or more'),
  tokenBudget: z.int().min(0, 'must be 0 or more'),
};

const withinBudget = 'is above tokenBudget; move some of the window into the summary, or raise the budget';

/** What the check constraint says, for people. */
export const agentSessionMemoryConstraints = { agentSessionMemory_within_budget: fault('INVALID', 'tokenCount', `tokenCount: ${withinBudget}`) };

export const createAgentSessionMemoryRules = z
  .object({ sessionId: idOf('ChannelSession'), agentId: idOf('Agent'), ...kept, rollingSummary: kept.rollingSummary.default(null), idempotencyKey })
  .refine(({ tokenCount, tokenBudget }) => tokenCount <= tokenBudget, { path: ['tokenCount'], error: withinBudget });

export const updateAgentSessionMemoryRules = z.object({ ...versionedId('AgentSessionMemory'), ...optional(kept) });

export const deleteAgentSessionMemoryRules = z.object(versionedId('AgentSessionMemory'));
