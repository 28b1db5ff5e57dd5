import type { Resolvers } from '../generated/graphql.ts';
import { releaseBudget } from './release-budget.ts';
import { reserveBudget } from './reserve-budget.ts';
import { settleBudget } from './settle-budget.ts';

export const budgetReservationResolvers: Resolvers = {
  Mutation: {
    reserveBudget: (_, { input }, context) => reserveBudget(input, context),
    settleBudget: (_, { input }, context) => settleBudget(input, context),
    releaseBudget: (_, { input }, context) => releaseBudget(input, context),
  },
};
