import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { BudgetContext } from '../context.ts';
import type { DeleteBudgetInput } from '../generated/graphql.ts';
import { budget } from './budget.entity.ts';
import { deleteBudgetRules } from './budget.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: the budget has a ledger, alerts or links; disable it instead');

export function deleteBudget(input: DeleteBudgetInput, context: BudgetContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteBudgetRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.budget.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, budget, id);
    return { deletedId: id };
  });
}
