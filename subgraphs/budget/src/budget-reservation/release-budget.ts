import { answer, checkInput } from '@forge/subgraph-kit';
import type { BudgetContext } from '../context.ts';
import type { ReleaseBudgetInput } from '../generated/graphql.ts';
import { releaseBudgetRules } from './budget-reservation.rules.ts';
import { release } from './close.ts';
import { shown } from './shown.ts';

export function releaseBudget(input: ReleaseBudgetInput, context: BudgetContext) {
  return answer(async () => {
    const { reservationId } = checkInput(releaseBudgetRules, input);
    return { reservation: shown(await context.prisma.$transaction((tx) => release(tx, context.principal.orgId, reservationId, context.now()))) };
  });
}
