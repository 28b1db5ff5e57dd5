import { assertIdOf, connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { budgetTransaction } from './budget-transaction.entity.ts';
import { budget } from '../budget/budget.entity.ts';
import { checkLedger } from '../ledger/check-ledger.ts';

export const budgetTransactionResolvers: Resolvers = {
  Query: {
    budgetTransaction: (_, { id }, context, info) => findById(context, budgetTransaction, id, info),
    budgetTransactions: (_, args, context, info) => connection(context, budgetTransaction, args, info),
    budgetLedgerCheck: (_, { budgetId }, { prisma, principal }) => {
      assertIdOf('Budget', budgetId, 'budgetId');
      return checkLedger(prisma, principal.orgId, budgetId);
    },
  },
  BudgetTransaction: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, budgetTransaction, id, info),
    budget: ({ budgetId }, _, context, info) => reference(context, budget, budgetId, info),
    run: ({ runId }) => stub('WorkflowRun', runId),
    stepResult: ({ stepResultId }) => stub('StepResult', stepResultId),
    tokenEvent: ({ tokenEventId }) => stub('TokenEvent', tokenEventId),
  },
};
