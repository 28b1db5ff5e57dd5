import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { approval } from '../approval/approval.entity.ts';
import { stepResult } from './step-result.entity.ts';
import { claimSteps } from './claim-steps.ts';
import { renewStepLease } from './renew-step-lease.ts';
import { reportStepStarted } from './report-step-started.ts';
import { reportStepCompleted } from './report-step-completed.ts';
import { reportStepFailed } from './report-step-failed.ts';
import { workflowRun } from '../workflow-run/workflow-run.entity.ts';

export const stepResultResolvers: Resolvers = {
  Query: {
    stepResult: (_, { id }, context, info) => findById(context, stepResult, id, info),
    stepResults: (_, args, context, info) => connection(context, stepResult, args, info),
  },
  StepResult: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, stepResult, id, info),
    run: ({ runId }, _, context, info) => reference(context, workflowRun, runId, info),
    agent: ({ agentId }) => stub('Agent', agentId),
    gateway: ({ gatewayId }) => stub('Gateway', gatewayId),
    model: ({ modelId }) => stub('Model', modelId),
    approvals: ({ id }, args, context, info) => connection(context, approval, args, info, { column: 'stepResultId', id }),
  },
  Mutation: {
    claimSteps: (_, { input }, context) => claimSteps(input, context),
    renewStepLease: (_, { input }, context) => renewStepLease(input, context),
    reportStepStarted: (_, { input }, context) => reportStepStarted(input, context),
    reportStepCompleted: (_, { input }, context) => reportStepCompleted(input, context),
    reportStepFailed: (_, { input }, context) => reportStepFailed(input, context),
  },
};
