import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { approval } from './approval.entity.ts';
import { requestApproval } from './request-approval.ts';
import { resolveApproval } from './resolve-approval.ts';
import { stepResult } from '../step-result/step-result.entity.ts';
import { workflowRun } from '../workflow-run/workflow-run.entity.ts';

export const approvalResolvers: Resolvers = {
  Query: {
    approval: (_, { id }, context, info) => findById(context, approval, id, info),
    approvals: (_, args, context, info) => connection(context, approval, args, info),
  },
  Approval: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, approval, id, info),
    run: ({ runId }, _, context, info) => reference(context, workflowRun, runId, info),
    stepResult: ({ stepResultId }, _, context, info) => reference(context, stepResult, stepResultId, info),
    policy: ({ policyId }) => stub('Policy', policyId),
    channel: ({ channelId }) => stub('Channel', channelId),
    resolvedBy: ({ resolvedById }) => stub('Worker', resolvedById),
  },
  Mutation: {
    requestApproval: (_, { input }, context) => requestApproval(input, context),
    resolveApproval: (_, { input }, context) => resolveApproval(input, context),
  },
};
