import { answer, checkInput, fault, reload, updateMissed } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { UpdatePolicyInput } from '../generated/graphql.ts';
import { scopeRule } from '../scope.rules.ts';
import { policy } from './policy.entity.ts';
import { updatePolicyRules } from './policy.rules.ts';

export function updatePolicy(input: UpdatePolicyInput, context: GovernanceContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updatePolicyRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.policy.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, policy, id);
    return { policy: await reload(context, policy, id) };
  }, { policies_scope_fits: fault('INVALID', 'scopeId', `scopeId: ${scopeRule}`) });
}
