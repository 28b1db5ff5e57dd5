import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createApprovalPolicy } from './create-approval-policy.ts';
import { deleteApprovalPolicy } from './delete-approval-policy.ts';
import { updateApprovalPolicy } from './update-approval-policy.ts';
import { approvalPolicy } from './approval-policy.entity.ts';
import { workerRole } from '../worker-role/worker-role.entity.ts';

export const approvalPolicyResolvers: Resolvers = {
  Query: {
    approvalPolicy: (_, { id }, context, info) => findById(context, approvalPolicy, id, info),
    approvalPolicies: (_, args, context, info) => connection(context, approvalPolicy, args, info),
  },
  ApprovalPolicy: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, approvalPolicy, id, info),
    approverRole: ({ approverRoleId }, _, context, info) => reference(context, workerRole, approverRoleId, info),
  },
  Mutation: {
    createApprovalPolicy: (_, { input }, context) => createApprovalPolicy(input, context),
    updateApprovalPolicy: (_, { input }, context) => updateApprovalPolicy(input, context),
    deleteApprovalPolicy: (_, { input }, context) => deleteApprovalPolicy(input, context),
  },
};
