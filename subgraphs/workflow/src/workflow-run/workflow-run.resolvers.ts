import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { approval } from '../approval/approval.entity.ts';
import { deployment } from '../deployment/deployment.entity.ts';
import { executionEvent } from '../execution-event/execution-event.entity.ts';
import { handoff } from '../handoff/handoff.entity.ts';
import { humanInputRequest } from '../human-input-request/human-input-request.entity.ts';
import { runArtifact } from '../run-artifact/run-artifact.entity.ts';
import { stepResult } from '../step-result/step-result.entity.ts';
import { stepThread } from '../step-thread/step-thread.entity.ts';
import { workflow } from '../workflow/workflow.entity.ts';
import { workflowCheckpoint } from '../workflow-checkpoint/workflow-checkpoint.entity.ts';
import { branchRun } from './branch-run.ts';
import { cancelRun } from './cancel-run.ts';
import { rewindRun } from './rewind-run.ts';
import { startRun } from './start-run.ts';
import { workflowRun } from './workflow-run.entity.ts';
import { workflowVersion } from '../workflow-version/workflow-version.entity.ts';

export const workflowRunResolvers: Resolvers = {
  Query: {
    workflowRun: (_, { id }, context, info) => findById(context, workflowRun, id, info),
    workflowRuns: (_, args, context, info) => connection(context, workflowRun, args, info),
  },
  WorkflowRun: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, workflowRun, id, info),
    workflow: ({ workflowId }, _, context, info) => reference(context, workflow, workflowId, info),
    workflowVersion: ({ workflowVersionId }, _, context, info) => reference(context, workflowVersion, workflowVersionId, info),
    gateway: ({ gatewayId }) => stub('Gateway', gatewayId),
    deployment: ({ deploymentId }, _, context, info) => reference(context, deployment, deploymentId, info),
    startedBy: ({ startedById }) => stub('Worker', startedById),
    factory: ({ factoryId }) => stub('Factory', factoryId),
    parentRun: ({ parentRunId }, _, context, info) => reference(context, workflowRun, parentRunId, info),
    branchedFromCheckpoint: ({ branchedFromCheckpointId }, _, context, info) => reference(context, workflowCheckpoint, branchedFromCheckpointId, info),
    childRuns: ({ id }, args, context, info) => connection(context, workflowRun, args, info, { column: 'parentRunId', id }),
    checkpoints: ({ id }, args, context, info) => connection(context, workflowCheckpoint, args, info, { column: 'runId', id }),
    stepResults: ({ id }, args, context, info) => connection(context, stepResult, args, info, { column: 'runId', id }),
    stepThreads: ({ id }, args, context, info) => connection(context, stepThread, args, info, { column: 'runId', id }),
    executionEvents: ({ id }, args, context, info) => connection(context, executionEvent, args, info, { column: 'runId', id }),
    handoffs: ({ id }, args, context, info) => connection(context, handoff, args, info, { column: 'runId', id }),
    humanInputRequests: ({ id }, args, context, info) => connection(context, humanInputRequest, args, info, { column: 'runId', id }),
    approvals: ({ id }, args, context, info) => connection(context, approval, args, info, { column: 'runId', id }),
    artifacts: ({ id }, args, context, info) => connection(context, runArtifact, args, info, { column: 'runId', id }),
  },
  Mutation: {
    startRun: (_, { input }, context) => startRun(input, context),
    cancelRun: (_, { input }, context) => cancelRun(input, context),
    rewindRun: (_, { input }, context) => rewindRun(input, context),
    branchRun: (_, { input }, context) => branchRun(input, context),
  },
};
