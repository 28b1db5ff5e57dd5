import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { CreateStepCategoryInput } from '../generated/graphql.ts';
import { stepCategory } from './step-category.entity.ts';
import { createStepCategoryRules } from './step-category.rules.ts';

export function createStepCategory(input: CreateStepCategoryInput, context: RegistriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createStepCategoryRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createStepCategory', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.stepCategory.create({ data: { ...data, id: newId('StepCategory'), orgId } })).id),
    );
    return { stepCategory: await reload(context, stepCategory, id) };
  });
}
