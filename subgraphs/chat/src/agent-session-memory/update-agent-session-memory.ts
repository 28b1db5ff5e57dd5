import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { UpdateAgentSessionMemoryInput } from '../generated/graphql.ts';
import { agentSessionMemory } from './agent-session-memory.entity.ts';
import { agentSessionMemoryConstraints, updateAgentSessionMemoryRules } from './agent-session-memory.rules.ts';

export function updateAgentSessionMemory(input: UpdateAgentSessionMemoryInput, context: ChatContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateAgentSessionMemoryRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.agentSessionMemory.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, agentSessionMemory, id);
    return { agentSessionMemory: await reload(context, agentSessionMemory, id) };
  }, agentSessionMemoryConstraints);
}
