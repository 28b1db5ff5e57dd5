import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { UpdateOrgUnitMembershipInput } from '../generated/graphql.ts';
import { orgUnitMembership } from './org-unit-membership.entity.ts';
import { updateOrgUnitMembershipRules } from './org-unit-membership.rules.ts';

export function updateOrgUnitMembership(input: UpdateOrgUnitMembershipInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateOrgUnitMembershipRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.orgUnitMembership.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, orgUnitMembership, id);
    return { orgUnitMembership: await reload(context, orgUnitMembership, id) };
  });
}
