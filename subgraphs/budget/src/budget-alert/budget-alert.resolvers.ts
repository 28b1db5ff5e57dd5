import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { acknowledgeBudgetAlert } from './acknowledge-budget-alert.ts';
import { budgetAlert } from './budget-alert.entity.ts';
import { budget } from '../budget/budget.entity.ts';

export const budgetAlertResolvers: Resolvers = {
  Query: {
    budgetAlert: (_, { id }, context, info) => findById(context, budgetAlert, id, info),
    budgetAlerts: (_, args, context, info) => connection(context, budgetAlert, args, info),
  },
  BudgetAlert: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, budgetAlert, id, info),
    budget: ({ budgetId }, _, context, info) => reference(context, budget, budgetId, info),
    acknowledgedBy: ({ acknowledgedById }) => stub('Worker', acknowledgedById),
  },
  Mutation: {
    acknowledgeBudgetAlert: (_, { input }, context) => acknowledgeBudgetAlert(input, context),
  },
};
