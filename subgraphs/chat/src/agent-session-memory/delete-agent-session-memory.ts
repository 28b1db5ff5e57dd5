import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { DeleteAgentSessionMemoryInput } from '../generated/graphql.ts';
import { agentSessionMemory } from './agent-session-memory.entity.ts';
import { deleteAgentSessionMemoryRules } from './agent-session-memory.rules.ts';

export function deleteAgentSessionMemory(input: DeleteAgentSessionMemoryInput, context: ChatContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteAgentSessionMemoryRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.agentSessionMemory.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, agentSessionMemory, id);
    return { deletedId: id };
  });
}
