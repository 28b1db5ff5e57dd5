import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { linkBudgets } from './link-budgets.ts';
import { unlinkBudgets } from './unlink-budgets.ts';
import { budgetLink } from './budget-link.entity.ts';
import { budget } from '../budget/budget.entity.ts';

export const budgetLinkResolvers: Resolvers = {
  Query: {
    budgetLink: (_, { id }, context, info) => findById(context, budgetLink, id, info),
    budgetLinks: (_, args, context, info) => connection(context, budgetLink, args, info),
  },
  BudgetLink: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, budgetLink, id, info),
    parent: ({ parentId }, _, context, info) => reference(context, budget, parentId, info),
    child: ({ childId }, _, context, info) => reference(context, budget, childId, info),
  },
  Mutation: {
    linkBudgets: (_, { input }, context) => linkBudgets(input, context),
    unlinkBudgets: (_, { input }, context) => unlinkBudgets(input, context),
  },
};
