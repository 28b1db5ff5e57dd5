import type { Prisma } from '@forge/prisma-agents';
import { answer, checkInput, fault, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { AgentsContext } from '../context.ts';
import type { CreateAgentSkillDelegationInput } from '../generated/graphql.ts';
import { agentSkillDelegation } from './agent-skill-delegation.entity.ts';
import { createAgentSkillDelegationRules } from './agent-skill-delegation.rules.ts';

export function createAgentSkillDelegation(input: CreateAgentSkillDelegationInput, context: AgentsContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createAgentSkillDelegationRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createAgentSkillDelegation', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        await refuseWithoutSkill(tx, orgId, data.fromDefinitionId, data.skillId);
        await refuseCircle(tx, orgId, data);
        return (await tx.agentSkillDelegation.create({ data: { ...data, id: newId('AgentSkillDelegation'), orgId } })).id;
      }),
    );
    return { agentSkillDelegation: await reload(context, agentSkillDelegation, id) };
  });
}

/** The giver's row is locked until the delegation is written, so that the skill cannot be taken from it in between. */
async function refuseWithoutSkill(tx: Prisma.TransactionClient, orgId: string, giverId: string, skillId: string): Promise<void> {
  const [giver] = await tx.$queryRaw<{ hasSkill: boolean }[]>`
    SELECT ${skillId} = ANY("skillIds") AS "hasSkill" FROM "agentDefinitions" WHERE "orgId" = ${orgId} AND "id" = ${giverId} FOR SHARE`;
  if (!giver) throw fault('NOT_FOUND', 'fromDefinitionId', 'fromDefinitionId: leads to no AgentDefinition');
  if (!giver.hasSkill) throw fault('INVALID', 'skillId', 'skillId: the agent that delegates does not have this skill');
}

/** Follows the delegations of the skill from the taker; two at once that would close a circle together wait for each other. */
async function refuseCircle(
  tx: Prisma.TransactionClient, orgId: string, { fromDefinitionId, toDefinitionId, skillId }: { fromDefinitionId: string; toDefinitionId: string; skillId: string },
): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`delegations ${orgId} ${skillId}`}, 0))::text`;
  const [circle] = await tx.$queryRaw<unknown[]>`
    WITH RECURSIVE reached AS (
      SELECT ${toDefinitionId} AS id
      UNION
      SELECT "toDefinitionId" FROM "agentSkillDelegations" JOIN reached ON "fromDefinitionId" = reached.id
      WHERE "orgId" = ${orgId} AND "skillId" = ${skillId} AND "revokedAt" IS NULL AND ("expiresAt" IS NULL OR "expiresAt" > now())
    )
    SELECT 1 FROM reached WHERE id = ${fromDefinitionId}`;
  if (circle) throw fault('INVALID', 'toDefinitionId', 'toDefinitionId: the skill would come back to the agent that delegates it');
}
