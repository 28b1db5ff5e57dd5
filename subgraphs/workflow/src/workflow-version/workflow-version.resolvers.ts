import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { publishWorkflowVersion } from './publish-workflow-version.ts';
import { workflow } from '../workflow/workflow.entity.ts';
import { workflowRun } from '../workflow-run/workflow-run.entity.ts';
import { workflowVersion } from './workflow-version.entity.ts';

export const workflowVersionResolvers: Resolvers = {
  Query: {
    workflowVersion: (_, { id }, context, info) => findById(context, workflowVersion, id, info),
    workflowVersions: (_, args, context, info) => connection(context, workflowVersion, args, info),
  },
  WorkflowVersion: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, workflowVersion, id, info),
    workflow: ({ workflowId }, _, context, info) => reference(context, workflow, workflowId, info),
    createdBy: ({ createdById }) => stub('Worker', createdById),
    runs: ({ id }, args, context, info) => connection(context, workflowRun, args, info, { column: 'workflowVersionId', id }),
  },
  Mutation: {
    publishWorkflowVersion: (_, { input }, context) => publishWorkflowVersion(input, context),
  },
};
