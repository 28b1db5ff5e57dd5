import { answer, checkInput, fault, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { CreateOrgTierGrantInput } from '../generated/graphql.ts';
import { orgTierGrant } from './org-tier-grant.entity.ts';
import { createOrgTierGrantRules, overlapRule } from './org-tier-grant.rules.ts';

export function createOrgTierGrant(input: CreateOrgTierGrantInput, context: GovernanceContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createOrgTierGrantRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createOrgTierGrant', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.orgTierGrant.create({ data: { ...data, id: newId('OrgTierGrant'), orgId } })).id),
    );
    return { orgTierGrant: await reload(context, orgTierGrant, id) };
  }, { orgTierGrants_never_overlap: fault('CONFLICT', 'validFrom', `validFrom: ${overlapRule}`) });
}
