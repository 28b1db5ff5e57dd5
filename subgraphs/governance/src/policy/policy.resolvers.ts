import { connection, findById, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createPolicy } from './create-policy.ts';
import { deletePolicy } from './delete-policy.ts';
import { updatePolicy } from './update-policy.ts';
import { policy } from './policy.entity.ts';

export const policyResolvers: Resolvers = {
  Query: {
    policy: (_, { id }, context, info) => findById(context, policy, id, info),
    policies: (_, args, context, info) => connection(context, policy, args, info),
  },
  Policy: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, policy, id, info),
  },
  Mutation: {
    createPolicy: (_, { input }, context) => createPolicy(input, context),
    updatePolicy: (_, { input }, context) => updatePolicy(input, context),
    deletePolicy: (_, { input }, context) => deletePolicy(input, context),
  },
};
