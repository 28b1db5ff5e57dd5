import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { CreatePolicyInput } from '../generated/graphql.ts';
import { policy } from './policy.entity.ts';
import { createPolicyRules } from './policy.rules.ts';

export function createPolicy(input: CreatePolicyInput, context: GovernanceContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createPolicyRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createPolicy', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.policy.create({ data: { ...data, id: newId('Policy'), orgId } })).id),
    );
    return { policy: await reload(context, policy, id) };
  });
}
