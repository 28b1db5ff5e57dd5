import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { CreateOrgUnitMembershipInput } from '../generated/graphql.ts';
import { orgUnitMembership } from './org-unit-membership.entity.ts';
import { createOrgUnitMembershipRules } from './org-unit-membership.rules.ts';

export function createOrgUnitMembership(input: CreateOrgUnitMembershipInput, context: WorkforceContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createOrgUnitMembershipRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createOrgUnitMembership', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.orgUnitMembership.create({ data: { ...data, id: newId('OrgUnitMembership'), orgId } })).id),
    );
    return { orgUnitMembership: await reload(context, orgUnitMembership, id) };
  });
}
