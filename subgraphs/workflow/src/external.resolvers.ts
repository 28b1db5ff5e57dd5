import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { approval } from './approval/approval.entity.ts';
import { deployment } from './deployment/deployment.entity.ts';
import { handoff } from './handoff/handoff.entity.ts';
import { humanInputRequest } from './human-input-request/human-input-request.entity.ts';
import { runArtifact } from './run-artifact/run-artifact.entity.ts';
import { stepResult } from './step-result/step-result.entity.ts';
import { stepThread } from './step-thread/step-thread.entity.ts';
import { workflow } from './workflow/workflow.entity.ts';
import { workflowRun } from './workflow-run/workflow-run.entity.ts';
import { workflowVersion } from './workflow-version/workflow-version.entity.ts';

export const externalResolvers: Resolvers = {
  Agent: {
    stepResults: ({ id }, args, context, info) => connection(context, stepResult, args, info, { column: 'agentId', id }),
    stepThreads: ({ id }, args, context, info) => connection(context, stepThread, args, info, { column: 'agentId', id }),
    handoffsGiven: ({ id }, args, context, info) => connection(context, handoff, args, info, { column: 'fromAgentId', id }),
    handoffsReceived: ({ id }, args, context, info) => connection(context, handoff, args, info, { column: 'toAgentId', id }),
    artifacts: ({ id }, args, context, info) => connection(context, runArtifact, args, info, { column: 'agentId', id }),
  },
  Channel: {
    approvals: ({ id }, args, context, info) => connection(context, approval, args, info, { column: 'channelId', id }),
  },
  Factory: {
    workflowRuns: ({ id }, args, context, info) => connection(context, workflowRun, args, info, { column: 'factoryId', id }),
  },
  Gateway: {
    workflowRuns: ({ id }, args, context, info) => connection(context, workflowRun, args, info, { column: 'gatewayId', id }),
    deployments: ({ id }, args, context, info) => connection(context, deployment, args, info, { column: 'gatewayId', id }),
    stepResults: ({ id }, args, context, info) => connection(context, stepResult, args, info, { column: 'gatewayId', id }),
    stepThreads: ({ id }, args, context, info) => connection(context, stepThread, args, info, { column: 'gatewayId', id }),
  },
  Model: {
    stepResults: ({ id }, args, context, info) => connection(context, stepResult, args, info, { column: 'modelId', id }),
  },
  Policy: {
    approvals: ({ id }, args, context, info) => connection(context, approval, args, info, { column: 'policyId', id }),
  },
  Worker: {
    createdWorkflows: ({ id }, args, context, info) => connection(context, workflow, args, info, { column: 'createdById', id }),
    workflowVersions: ({ id }, args, context, info) => connection(context, workflowVersion, args, info, { column: 'createdById', id }),
    startedRuns: ({ id }, args, context, info) => connection(context, workflowRun, args, info, { column: 'startedById', id }),
    deployments: ({ id }, args, context, info) => connection(context, deployment, args, info, { column: 'deployedById', id }),
    humanInputAnswers: ({ id }, args, context, info) => connection(context, humanInputRequest, args, info, { column: 'answeredById', id }),
    resolvedApprovals: ({ id }, args, context, info) => connection(context, approval, args, info, { column: 'resolvedById', id }),
  },
};
