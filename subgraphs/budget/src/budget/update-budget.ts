import type { Prisma } from '@forge/prisma-budget';
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
    const { orgId } = context.principal;
    const where = { orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const changed = await context.prisma.$transaction(async (tx) => {
      const { count } = await tx.budget.updateMany({ where, data });
      if (count > 0 && data.amountCents !== undefined) await settleAlerts(tx, orgId, id);
      return count > 0;
    });
    if (!changed) throw await updateMissed(context, budget, id);
    return { budget: await reload(context, budget, id) };
  }, { budgets_hard_limit_holds: fault('CONFLICT', limited, `${limited}: under a hard limit the amount must be at least what is spent and reserved`) });
}

/** The alerts of thresholds that an amount that was raised has lifted above what is spent. */
async function settleAlerts(tx: Prisma.TransactionClient, orgId: string, budgetId: string): Promise<void> {
  await tx.$queryRaw`
    UPDATE "budgetAlerts" AS alert SET "status" = 'RESOLVED' FROM "budgets" AS budget
    WHERE alert."orgId" = ${orgId} AND alert."budgetId" = ${budgetId} AND alert."status" <> 'RESOLVED' AND budget."orgId" = ${orgId} AND budget."id" = ${budgetId}
      AND (budget."spentCents" + budget."overrunCents") * 100 < budget."amountCents" * alert."thresholdPercent"
    RETURNING 1 AS done`;
}
