import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { DeleteModelRoutingRuleInput } from '../generated/graphql.ts';
import { modelRoutingRule } from './model-routing-rule.entity.ts';
import { deleteModelRoutingRuleRules } from './model-routing-rule.rules.ts';

export function deleteModelRoutingRule(input: DeleteModelRoutingRuleInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteModelRoutingRuleRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.modelRoutingRule.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, modelRoutingRule, id);
    return { deletedId: id };
  });
}
