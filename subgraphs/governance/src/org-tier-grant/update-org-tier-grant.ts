import { answer, checkInput, fault, reload, updateMissed } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { UpdateOrgTierGrantInput } from '../generated/graphql.ts';
import { orgTierGrant } from './org-tier-grant.entity.ts';
import { endRule, overlapRule, updateOrgTierGrantRules } from './org-tier-grant.rules.ts';

export function updateOrgTierGrant(input: UpdateOrgTierGrantInput, context: GovernanceContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateOrgTierGrantRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.orgTierGrant.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, orgTierGrant, id);
    return { orgTierGrant: await reload(context, orgTierGrant, id) };
  }, {
    orgTierGrants_ends_after_start: fault('INVALID', 'validTo', `validTo: ${endRule}`),
    orgTierGrants_never_overlap: fault('CONFLICT', 'validFrom', `validFrom: ${overlapRule}`),
  });
}
