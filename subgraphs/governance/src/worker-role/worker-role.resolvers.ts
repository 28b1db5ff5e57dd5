import { connection, findById, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createWorkerRole } from './create-worker-role.ts';
import { deleteWorkerRole } from './delete-worker-role.ts';
import { updateWorkerRole } from './update-worker-role.ts';
import { workerRole } from './worker-role.entity.ts';
import { approvalPolicy } from '../approval-policy/approval-policy.entity.ts';
import { authorityGrant } from '../authority-grant/authority-grant.entity.ts';

export const workerRoleResolvers: Resolvers = {
  Query: {
    workerRole: (_, { id }, context, info) => findById(context, workerRole, id, info),
    workerRoles: (_, args, context, info) => connection(context, workerRole, args, info),
  },
  WorkerRole: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, workerRole, id, info),
    approvalPolicies: ({ id }, args, context, info) => connection(context, approvalPolicy, args, info, { column: 'approverRoleId', id }),
    authorityGrants: ({ id }, args, context, info) => connection(context, authorityGrant, args, info, { column: 'roleId', id }),
  },
  Mutation: {
    createWorkerRole: (_, { input }, context) => createWorkerRole(input, context),
    updateWorkerRole: (_, { input }, context) => updateWorkerRole(input, context),
    deleteWorkerRole: (_, { input }, context) => deleteWorkerRole(input, context),
  },
};
