import { answer, checkInput, fault, reload, updateMissed } from '@forge/subgraph-kit';
import type { BudgetContext } from '../context.ts';
import type { UpdateBudgetInput } from '../generated/graphql.ts';
import { budget } from './budget.entity.ts';
import { updateBudgetRules } from './budget.rules.ts';

export function updateBudget(input: UpdateBudgetInput, context: BudgetContext) {
  // Either can be what breaks the limit: a smaller amount, or a limit that was soft.
  const limited = input.amountCents === undefined ? 'hardLimit' : 'amountCents';
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateBudgetRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.budget.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, budget, id);
    return { budget: await reload(context, budget, id) };
  }, { budgets_hard_limit_holds: fault('CONFLICT', limited, `${limited}: under a hard limit the amount must be at least what is spent and reserved`) });
}
