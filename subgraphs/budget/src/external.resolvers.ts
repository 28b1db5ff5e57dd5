import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { budget } from './budget/budget.entity.ts';
import { budgetTransaction } from './budget-transaction/budget-transaction.entity.ts';
import { budgetAlert } from './budget-alert/budget-alert.entity.ts';

export const externalResolvers: Resolvers = {
  Worker: {
    ownedBudgets: ({ id }, args, context, info) => connection(context, budget, args, info, { column: 'ownerId', id }),
    acknowledgedAlerts: ({ id }, args, context, info) => connection(context, budgetAlert, args, info, { column: 'acknowledgedById', id }),
  },
  WorkflowRun: {
    budgetTransactions: ({ id }, args, context, info) => connection(context, budgetTransaction, args, info, { column: 'runId', id }),
  },
  StepResult: {
    budgetTransactions: ({ id }, args, context, info) => connection(context, budgetTransaction, args, info, { column: 'stepResultId', id }),
  },
  TokenEvent: {
    budgetTransactions: ({ id }, args, context, info) => connection(context, budgetTransaction, args, info, { column: 'tokenEventId', id }),
  },
};
