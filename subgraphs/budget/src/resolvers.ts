import { budgetResolvers } from './budget/budget.resolvers.ts';
import { budgetLinkResolvers } from './budget-link/budget-link.resolvers.ts';
import { budgetTransactionResolvers } from './budget-transaction/budget-transaction.resolvers.ts';
import { budgetReservationResolvers } from './budget-reservation/budget-reservation.resolvers.ts';
import { budgetAlertResolvers } from './budget-alert/budget-alert.resolvers.ts';
import { externalResolvers } from './external.resolvers.ts';

export const resolvers = [
  budgetResolvers,
  budgetLinkResolvers,
  budgetTransactionResolvers,
  budgetReservationResolvers,
  budgetAlertResolvers,
  externalResolvers,
];
