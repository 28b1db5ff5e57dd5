import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { AgentsContext } from '../context.ts';
import type { CreateAgentTemplateInput } from '../generated/graphql.ts';
import { agentTemplate } from './agent-template.entity.ts';
import { createAgentTemplateRules } from './agent-template.rules.ts';

export function createAgentTemplate(input: CreateAgentTemplateInput, context: AgentsContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createAgentTemplateRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createAgentTemplate', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.agentTemplate.create({ data: { ...data, id: newId('AgentTemplate'), orgId } })).id),
    );
    return { agentTemplate: await reload(context, agentTemplate, id) };
  });
}
