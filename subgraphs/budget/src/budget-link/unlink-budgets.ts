import { answer, checkInput, fault } from '@forge/subgraph-kit';
import type { BudgetContext } from '../context.ts';
import type { UnlinkBudgetsInput } from '../generated/graphql.ts';
import { unlinkBudgetsRules } from './budget-link.rules.ts';

export function unlinkBudgets(input: UnlinkBudgetsInput, context: BudgetContext) {
  return answer(async () => {
    const { parentId, childId } = checkInput(unlinkBudgetsRules, input);
    // The row that this very statement deletes: of two at once one answers with it.
    const [gone] = await context.prisma.$queryRaw<{ id: string }[]>`
      DELETE FROM "budgetHierarchy" WHERE "orgId" = ${context.principal.orgId} AND "parentId" = ${parentId} AND "childId" = ${childId} RETURNING "id"`;
    if (!gone) throw fault('NOT_FOUND', 'childId', 'childId: does not draw from this parent');
    return { deletedId: gone.id };
  });
}
