import { connection, findById, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { costAggregate } from './cost-aggregate.entity.ts';

export const costAggregateResolvers: Resolvers = {
  Query: {
    costAggregate: (_, { id }, context, info) => findById(context, costAggregate, id, info),
    costAggregates: (_, args, context, info) => connection(context, costAggregate, args, info),
  },
  CostAggregate: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, costAggregate, id, info),
  },
};
