import { answer, checkInput, fault, reload, updateMissed } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { UpdateApprovalPolicyInput } from '../generated/graphql.ts';
import { scopeRule } from '../scope.rules.ts';
import { approvalPolicy } from './approval-policy.entity.ts';
import { environmentRule, thresholdRule, updateApprovalPolicyRules } from './approval-policy.rules.ts';

export function updateApprovalPolicy(input: UpdateApprovalPolicyInput, context: GovernanceContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateApprovalPolicyRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.approvalPolicy.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, approvalPolicy, id);
    return { approvalPolicy: await reload(context, approvalPolicy, id) };
  }, {
    approvalPolicies_scope_fits: fault('INVALID', 'scopeId', `scopeId: ${scopeRule}`),
    approvalPolicies_threshold_fits_trigger: fault('INVALID', 'threshold', `threshold: ${thresholdRule}`),
    approvalPolicies_environment_is_scope: fault('INVALID', 'scopeType', `scopeType: ${environmentRule}`),
  });
}
