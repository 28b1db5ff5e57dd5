import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { DeleteStepCategoryInput } from '../generated/graphql.ts';
import { stepCategory } from './step-category.entity.ts';
import { deleteStepCategoryRules } from './step-category.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: the category has steps; move or delete them first');

export function deleteStepCategory(input: DeleteStepCategoryInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteStepCategoryRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.stepCategory.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, stepCategory, id);
    return { deletedId: id };
  });
}
