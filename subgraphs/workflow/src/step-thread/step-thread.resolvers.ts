import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createStepThread } from './create-step-thread.ts';
import { stepThread } from './step-thread.entity.ts';
import { workflowRun } from '../workflow-run/workflow-run.entity.ts';

export const stepThreadResolvers: Resolvers = {
  Query: {
    stepThread: (_, { id }, context, info) => findById(context, stepThread, id, info),
    stepThreads: (_, args, context, info) => connection(context, stepThread, args, info),
  },
  StepThread: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, stepThread, id, info),
    run: ({ runId }, _, context, info) => reference(context, workflowRun, runId, info),
    agent: ({ agentId }) => stub('Agent', agentId),
    gateway: ({ gatewayId }) => stub('Gateway', gatewayId),
  },
  Mutation: {
    createStepThread: (_, { input }, context) => createStepThread(input, context),
  },
};
