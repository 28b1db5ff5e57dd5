import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { DeleteOrgUnitMembershipInput } from '../generated/graphql.ts';
import { orgUnitMembership } from './org-unit-membership.entity.ts';
import { deleteOrgUnitMembershipRules } from './org-unit-membership.rules.ts';

export function deleteOrgUnitMembership(input: DeleteOrgUnitMembershipInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteOrgUnitMembershipRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.orgUnitMembership.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, orgUnitMembership, id);
    return { deletedId: id };
  });
}
