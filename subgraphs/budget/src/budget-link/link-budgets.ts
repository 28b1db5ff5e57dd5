import { answer, checkInput, fault, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { BudgetContext } from '../context.ts';
import type { LinkBudgetsInput } from '../generated/graphql.ts';
import { budgetLink } from './budget-link.entity.ts';
import { linkBudgetsRules } from './budget-link.rules.ts';

const linked = fault('CONFLICT', 'childId', 'childId: draws from this parent already');
const circle = fault('CONFLICT', 'parentId', 'parentId: draws from the child, by itself or through others; links have no circle');

export function linkBudgets(input: LinkBudgetsInput, context: BudgetContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(linkBudgetsRules, input);
    const { orgId } = context.principal;
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, { orgId, operation: 'linkBudgets', key, input }, async () => (await tx.budgetLink.create({ data: { ...data, id: newId('BudgetLink'), orgId } })).id),
    );
    return { budgetLink: await reload(context, budgetLink, id) };
  }, { budgetHierarchy_orgId_parentId_childId_key: linked, budgetHierarchy_no_cycle: circle });
}
