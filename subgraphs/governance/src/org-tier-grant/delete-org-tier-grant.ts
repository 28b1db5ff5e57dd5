import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { DeleteOrgTierGrantInput } from '../generated/graphql.ts';
import { orgTierGrant } from './org-tier-grant.entity.ts';
import { deleteOrgTierGrantRules } from './org-tier-grant.rules.ts';

export function deleteOrgTierGrant(input: DeleteOrgTierGrantInput, context: GovernanceContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteOrgTierGrantRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.orgTierGrant.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, orgTierGrant, id);
    return { deletedId: id };
  });
}
