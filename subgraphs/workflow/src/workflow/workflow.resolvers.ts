import { connection, findById, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { deployment } from '../deployment/deployment.entity.ts';
import { activateWorkflow } from './activate-workflow.ts';
import { createWorkflow } from './create-workflow.ts';
import { deleteWorkflow } from './delete-workflow.ts';
import { deprecateWorkflow } from './deprecate-workflow.ts';
import { pauseWorkflow } from './pause-workflow.ts';
import { updateWorkflow } from './update-workflow.ts';
import { workflow } from './workflow.entity.ts';
import { workflowDocument } from '../workflow-document/workflow-document.entity.ts';
import { workflowRun } from '../workflow-run/workflow-run.entity.ts';
import { workflowVersion } from '../workflow-version/workflow-version.entity.ts';

export const workflowResolvers: Resolvers = {
  Query: {
    workflow: (_, { id }, context, info) => findById(context, workflow, id, info),
    workflows: (_, args, context, info) => connection(context, workflow, args, info),
  },
  Workflow: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, workflow, id, info),
    createdBy: ({ createdById }) => stub('Worker', createdById),
    documents: ({ id }, args, context, info) => connection(context, workflowDocument, args, info, { column: 'workflowId', id }),
    versions: ({ id }, args, context, info) => connection(context, workflowVersion, args, info, { column: 'workflowId', id }),
    runs: ({ id }, args, context, info) => connection(context, workflowRun, args, info, { column: 'workflowId', id }),
    deployments: ({ id }, args, context, info) => connection(context, deployment, args, info, { column: 'workflowId', id }),
  },
  Mutation: {
    createWorkflow: (_, { input }, context) => createWorkflow(input, context),
    updateWorkflow: (_, { input }, context) => updateWorkflow(input, context),
    deleteWorkflow: (_, { input }, context) => deleteWorkflow(input, context),
    activateWorkflow: (_, { input }, context) => activateWorkflow(input, context),
    pauseWorkflow: (_, { input }, context) => pauseWorkflow(input, context),
    deprecateWorkflow: (_, { input }, context) => deprecateWorkflow(input, context),
  },
};
