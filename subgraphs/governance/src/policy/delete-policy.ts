import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { DeletePolicyInput } from '../generated/graphql.ts';
import { policy } from './policy.entity.ts';
import { deletePolicyRules } from './policy.rules.ts';

export function deletePolicy(input: DeletePolicyInput, context: GovernanceContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deletePolicyRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.policy.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, policy, id);
    return { deletedId: id };
  });
}
