import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { DeleteAgentChannelMemoryInput } from '../generated/graphql.ts';
import { agentChannelMemory } from './agent-channel-memory.entity.ts';
import { deleteAgentChannelMemoryRules } from './agent-channel-memory.rules.ts';

export function deleteAgentChannelMemory(input: DeleteAgentChannelMemoryInput, context: ChatContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteAgentChannelMemoryRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.agentChannelMemory.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, agentChannelMemory, id);
    return { deletedId: id };
  });
}
