import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { AgentsContext } from '../context.ts';
import type { UpdateAgentTemplateInput } from '../generated/graphql.ts';
import { agentTemplate } from './agent-template.entity.ts';
import { updateAgentTemplateRules } from './agent-template.rules.ts';

export function updateAgentTemplate(input: UpdateAgentTemplateInput, context: AgentsContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateAgentTemplateRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.agentTemplate.updateMany({ where, data: { ...data, version: { increment: 1 } } });
    if (count === 0) throw await updateMissed(context, agentTemplate, id);
    return { agentTemplate: await reload(context, agentTemplate, id) };
  });
}
