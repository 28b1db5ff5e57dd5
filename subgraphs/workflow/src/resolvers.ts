import { approvalResolvers } from './approval/approval.resolvers.ts';
import { deploymentResolvers } from './deployment/deployment.resolvers.ts';
import { executionEventResolvers } from './execution-event/execution-event.resolvers.ts';
import { externalResolvers } from './external.resolvers.ts';
import { handoffResolvers } from './handoff/handoff.resolvers.ts';
import { humanInputRequestResolvers } from './human-input-request/human-input-request.resolvers.ts';
import { runArtifactResolvers } from './run-artifact/run-artifact.resolvers.ts';
import { stepResultResolvers } from './step-result/step-result.resolvers.ts';
import { stepThreadResolvers } from './step-thread/step-thread.resolvers.ts';
import { workflowResolvers } from './workflow/workflow.resolvers.ts';
import { workflowCheckpointResolvers } from './workflow-checkpoint/workflow-checkpoint.resolvers.ts';
import { workflowDocumentResolvers } from './workflow-document/workflow-document.resolvers.ts';
import { workflowRunResolvers } from './workflow-run/workflow-run.resolvers.ts';
import { workflowVersionResolvers } from './workflow-version/workflow-version.resolvers.ts';

export const resolvers = [
  approvalResolvers,
  deploymentResolvers,
  executionEventResolvers,
  handoffResolvers,
  humanInputRequestResolvers,
  runArtifactResolvers,
  stepResultResolvers,
  stepThreadResolvers,
  workflowResolvers,
  workflowCheckpointResolvers,
  workflowDocumentResolvers,
  workflowRunResolvers,
  workflowVersionResolvers,
  externalResolvers,
];
