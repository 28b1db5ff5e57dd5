import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { AgentsContext } from '../context.ts';
import type { DeleteAgentTemplateInput } from '../generated/graphql.ts';
import { agentTemplate } from './agent-template.entity.ts';
import { deleteAgentTemplateRules } from './agent-template.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: agents were made from this template; it stays so that they can say from which');

export function deleteAgentTemplate(input: DeleteAgentTemplateInput, context: AgentsContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteAgentTemplateRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.agentTemplate.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, agentTemplate, id);
    return { deletedId: id };
  });
}
