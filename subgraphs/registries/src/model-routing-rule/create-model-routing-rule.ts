import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { CreateModelRoutingRuleInput } from '../generated/graphql.ts';
import { modelRoutingRule } from './model-routing-rule.entity.ts';
import { chainConstraint, createModelRoutingRuleRules } from './model-routing-rule.rules.ts';
import { refuseUnknownModels } from './refuse-unknown-models.ts';

export function createModelRoutingRule(input: CreateModelRoutingRuleInput, context: RegistriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createModelRoutingRuleRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createModelRoutingRule', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        await refuseUnknownModels(tx, orgId, data.fallbackModelIds ?? []);
        return (await tx.modelRoutingRule.create({ data: { ...data, id: newId('ModelRoutingRule'), orgId } })).id;
      }),
    );
    return { modelRoutingRule: await reload(context, modelRoutingRule, id) };
  }, chainConstraint);
}
