import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { CreateAgentChannelMemoryInput } from '../generated/graphql.ts';
import { agentChannelMemory } from './agent-channel-memory.entity.ts';
import { createAgentChannelMemoryRules } from './agent-channel-memory.rules.ts';

export function createAgentChannelMemory(input: CreateAgentChannelMemoryInput, context: ChatContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createAgentChannelMemoryRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createAgentChannelMemory', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.agentChannelMemory.create({ data: { ...data, id: newId('AgentChannelMemory'), orgId } })).id),
    );
    return { agentChannelMemory: await reload(context, agentChannelMemory, id) };
  });
}
