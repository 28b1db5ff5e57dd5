import { answer, checkInput, fault, reload, updateMissed } from '@forge/subgraph-kit';
import type { AgentsContext } from '../context.ts';
import type { UpdateAgentDefinitionInput } from '../generated/graphql.ts';
import { agentDefinition } from './agent-definition.entity.ts';
import { updateAgentDefinitionRules } from './agent-definition.rules.ts';
import { recordRevision } from './record-revision.ts';

export function updateAgentDefinition(input: UpdateAgentDefinitionInput, context: AgentsContext) {
  return answer(async () => {
    const { id, expectedVersion, changedById, reason, ...data } = checkInput(updateAgentDefinitionRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    await context.prisma.$transaction(async (tx) => {
      const [changed] = await tx.agentDefinition.updateManyAndReturn({ where, data: { ...data, version: { increment: 1 } } });
      if (!changed) throw await updateMissed(context, agentDefinition, id);
      await recordRevision(tx, changed, { changedById, reason });
    });
    return { agentDefinition: await reload(context, agentDefinition, id) };
  }, {
    agentDefinitions_active_is_complete: fault('INVALID', '', 'an ACTIVE definition keeps a prompt (promptText or promptId) and a defaultModelId; suspend it first'),
    agentDefinitions_production_is_owned: fault('INVALID', '', 'a definition in PRODUCTION keeps its riskTier, ownerId, owningTeamId and roleId'),
  });
}
