import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { DeleteApprovalPolicyInput } from '../generated/graphql.ts';
import { approvalPolicy } from './approval-policy.entity.ts';
import { deleteApprovalPolicyRules } from './approval-policy.rules.ts';

export function deleteApprovalPolicy(input: DeleteApprovalPolicyInput, context: GovernanceContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteApprovalPolicyRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.approvalPolicy.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, approvalPolicy, id);
    return { deletedId: id };
  });
}
