import { connection, findById, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { adjustBudget } from './adjust-budget.ts';
import { createBudget } from './create-budget.ts';
import { deleteBudget } from './delete-budget.ts';
import { updateBudget } from './update-budget.ts';
import { budget } from './budget.entity.ts';
import { budgetLink } from '../budget-link/budget-link.entity.ts';
import { budgetTransaction } from '../budget-transaction/budget-transaction.entity.ts';
import { budgetAlert } from '../budget-alert/budget-alert.entity.ts';

export const budgetResolvers: Resolvers = {
  Query: {
    budget: (_, { id }, context, info) => findById(context, budget, id, info),
    budgets: (_, args, context, info) => connection(context, budget, args, info),
  },
  Budget: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, budget, id, info),
    owner: ({ ownerId }) => stub('Worker', ownerId),
    childLinks: ({ id }, args, context, info) => connection(context, budgetLink, args, info, { column: 'parentId', id }),
    parentLinks: ({ id }, args, context, info) => connection(context, budgetLink, args, info, { column: 'childId', id }),
    transactions: ({ id }, args, context, info) => connection(context, budgetTransaction, args, info, { column: 'budgetId', id }),
    alerts: ({ id }, args, context, info) => connection(context, budgetAlert, args, info, { column: 'budgetId', id }),
  },
  Mutation: {
    createBudget: (_, { input }, context) => createBudget(input, context),
    updateBudget: (_, { input }, context) => updateBudget(input, context),
    deleteBudget: (_, { input }, context) => deleteBudget(input, context),
    adjustBudget: (_, { input }, context) => adjustBudget(input, context),
  },
};
