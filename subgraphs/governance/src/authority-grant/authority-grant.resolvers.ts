import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { authorityGrant } from './authority-grant.entity.ts';
import { workerRole } from '../worker-role/worker-role.entity.ts';

export const authorityGrantResolvers: Resolvers = {
  Query: {
    authorityGrant: (_, { id }, context, info) => findById(context, authorityGrant, id, info),
    authorityGrants: (_, args, context, info) => connection(context, authorityGrant, args, info),
  },
  AuthorityGrant: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, authorityGrant, id, info),
    grantee: ({ granteeId }) => stub('Worker', granteeId),
    role: ({ roleId }, _, context, info) => reference(context, workerRole, roleId, info),
    grantedBy: ({ grantedById }) => stub('Worker', grantedById),
  },
};
