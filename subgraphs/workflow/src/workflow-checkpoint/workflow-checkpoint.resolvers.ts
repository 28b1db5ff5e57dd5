import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { workflowCheckpoint } from './workflow-checkpoint.entity.ts';
import { workflowRun } from '../workflow-run/workflow-run.entity.ts';

export const workflowCheckpointResolvers: Resolvers = {
  Query: {
    workflowCheckpoint: (_, { id }, context, info) => findById(context, workflowCheckpoint, id, info),
    workflowCheckpoints: (_, args, context, info) => connection(context, workflowCheckpoint, args, info),
  },
  WorkflowCheckpoint: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, workflowCheckpoint, id, info),
    run: ({ runId }, _, context, info) => reference(context, workflowRun, runId, info),
    branches: ({ id }, args, context, info) => connection(context, workflowRun, args, info, { column: 'branchedFromCheckpointId', id }),
  },
};
