import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { UpdateAgentChannelMemoryInput } from '../generated/graphql.ts';
import { agentChannelMemory } from './agent-channel-memory.entity.ts';
import { updateAgentChannelMemoryRules } from './agent-channel-memory.rules.ts';

export function updateAgentChannelMemory(input: UpdateAgentChannelMemoryInput, context: ChatContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateAgentChannelMemoryRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.agentChannelMemory.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, agentChannelMemory, id);
    return { agentChannelMemory: await reload(context, agentChannelMemory, id) };
  });
}
