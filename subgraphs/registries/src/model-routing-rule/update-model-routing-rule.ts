import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { UpdateModelRoutingRuleInput } from '../generated/graphql.ts';
import { modelRoutingRule } from './model-routing-rule.entity.ts';
import { chainConstraint, updateModelRoutingRuleRules } from './model-routing-rule.rules.ts';
import { refuseUnknownModels } from './refuse-unknown-models.ts';

export function updateModelRoutingRule(input: UpdateModelRoutingRuleInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateModelRoutingRuleRules, input);
    const { orgId } = context.principal;
    const where = { orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    await context.prisma.$transaction(async (tx) => {
      const { count } = await tx.modelRoutingRule.updateMany({ where, data });
      if (count === 0) throw await updateMissed(context, modelRoutingRule, id);
      await refuseUnknownModels(tx, orgId, data.fallbackModelIds ?? []);
    });
    return { modelRoutingRule: await reload(context, modelRoutingRule, id) };
  }, chainConstraint);
}
