import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { UpdateStepCategoryInput } from '../generated/graphql.ts';
import { stepCategory } from './step-category.entity.ts';
import { updateStepCategoryRules } from './step-category.rules.ts';

export function updateStepCategory(input: UpdateStepCategoryInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateStepCategoryRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.stepCategory.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, stepCategory, id);
    return { stepCategory: await reload(context, stepCategory, id) };
  });
}
