import { answer, checkInput, fault, type UserFaults } from '@forge/subgraph-kit';
import type { BudgetContext } from '../context.ts';
import type { SettleBudgetInput } from '../generated/graphql.ts';
import { unitsOf } from '../ledger/money.ts';
import { settleBudgetRules } from './budget-reservation.rules.ts';
import { settle, type Settled } from './close.ts';
import { shown } from './shown.ts';

const faults: Readonly<Record<NonNullable<Settled['fault']>, UserFaults>> = {
  'refused': fault('INVALID_TRANSITION', 'reservationId', 'reservationId: the reservation was refused; enter what was spent all the same with adjustBudget'),
  'never reserved': fault('NOT_FOUND', 'reservationId', 'reservationId: nothing was reserved under it, so no budget is known; enter what was spent with adjustBudget'),
  'settled otherwise': fault('CONFLICT', 'amountCents', 'amountCents: the reservation is settled already, not at this amount; correct it with adjustBudget'),
};

export async function settleBudget(input: SettleBudgetInput, context: BudgetContext) {
  const { settled, userErrors } = await answer(async () => {
    const { reservationId, amountCents, note } = checkInput(settleBudgetRules, input);
    return { settled: await context.prisma.$transaction((tx) => settle(tx, context.principal.orgId, reservationId, unitsOf(amountCents), note, context.now())) };
  });
  return settled ? { reservation: shown(settled.reservation), userErrors: settled.fault ? [...faults[settled.fault].faults] : [] } : { reservation: null, userErrors };
}
