import { answer, checkInput, fault } from '@forge/subgraph-kit';
import type { BudgetContext } from '../context.ts';
import type { ReserveBudgetInput } from '../generated/graphql.ts';
import { unitsOf } from '../ledger/money.ts';
import { reserveBudgetRules } from './budget-reservation.rules.ts';
import { reserve, type Reserved } from './reserve.ts';
import { shown } from './shown.ts';

const otherwise = fault('CONFLICT', 'reservationId', 'reservationId: was used before for another reservation; take a new id for a new one');
const over = fault('CONFLICT', 'reservationId', 'reservationId: was released before it was asked for; take a new id if the money is needed');

export async function reserveBudget(input: ReserveBudgetInput, context: BudgetContext) {
  const { reserved, userErrors } = await answer(async () => {
    const { reservationId: id, amountCents, runId, stepResultId, ...scope } = checkInput(reserveBudgetRules, input);
    const request = { id, amount: unitsOf(amountCents), scope, runId, stepResultId };
    const outcome = await context.prisma.$transaction((tx) => reserve(tx, context.principal.orgId, request, context.now()));
    if (outcome.takenFor === 'another') throw otherwise;
    return { reserved: outcome };
  });
  return reserved ? { reservation: shown(reserved.reservation), userErrors: [...faultsOf(reserved)] } : { reservation: null, userErrors };
}

/** Thrown they would roll back; a refusal stays, and so does the id of what was released. */
function faultsOf({ reservation: { reason }, takenFor }: Reserved) {
  if (takenFor === 'release') return over.faults;
  return reason === null ? [] : fault('BUDGET_EXCEEDED', 'amountCents', `amountCents: ${reason}`).faults;
}
