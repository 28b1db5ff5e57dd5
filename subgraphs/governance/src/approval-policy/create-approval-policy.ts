import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { CreateApprovalPolicyInput } from '../generated/graphql.ts';
import { approvalPolicy } from './approval-policy.entity.ts';
import { createApprovalPolicyRules } from './approval-policy.rules.ts';

export function createApprovalPolicy(input: CreateApprovalPolicyInput, context: GovernanceContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createApprovalPolicyRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createApprovalPolicy', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.approvalPolicy.create({ data: { ...data, id: newId('ApprovalPolicy'), orgId } })).id),
    );
    return { approvalPolicy: await reload(context, approvalPolicy, id) };
  });
}
