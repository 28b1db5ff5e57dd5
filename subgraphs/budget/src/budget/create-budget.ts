import { answer, checkInput, fault, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { BudgetContext } from '../context.ts';
import type { CreateBudgetInput } from '../generated/graphql.ts';
import { budget } from './budget.entity.ts';
import { createBudgetRules } from './budget.rules.ts';
import { periodStartAt } from './period.ts';

const taken = fault('CONFLICT', 'scopeId', 'scopeId: there is a budget for this scope and period already; change that one');

export function createBudget(input: CreateBudgetInput, context: BudgetContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createBudgetRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createBudget', key, input };
    const periodStart = periodStartAt(data.period, context.now());
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.budget.create({ data: { ...data, periodStart, id: newId('Budget'), orgId } })).id),
    );
    return { budget: await reload(context, budget, id) };
  }, { budgets_orgId_scopeType_scopeId_period_key: taken });
}
