import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { AgentsContext } from '../context.ts';
import type { CreateAgentDefinitionInput } from '../generated/graphql.ts';
import { agentDefinition } from './agent-definition.entity.ts';
import { createAgentDefinitionRules, pocExpiry } from './agent-definition.rules.ts';
import { recordRevision } from './record-revision.ts';

export function createAgentDefinition(input: CreateAgentDefinitionInput, context: AgentsContext) {
  return answer(async () => {
    const { idempotencyKey: key, changedById, ...data } = checkInput(createAgentDefinitionRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createAgentDefinition', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        if (data.templateId) await tx.agentTemplate.updateMany({ where: { orgId, id: data.templateId }, data: { usageCount: { increment: 1 } } });
        const phaseExpiresAt = pocExpiry(new Date());
        const made = await tx.agentDefinition.create({ data: { constraints: {}, ...data, phaseExpiresAt, id: newId('AgentDefinition'), orgId } });
        await recordRevision(tx, made, { changedById, reason: 'created' });
        return made.id;
      }),
    );
    return { agentDefinition: await reload(context, agentDefinition, id) };
  });
}
