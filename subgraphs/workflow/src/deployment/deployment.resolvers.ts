import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { activateDeployment } from './activate-deployment.ts';
import { createDeployment } from './create-deployment.ts';
import { deactivateDeployment } from './deactivate-deployment.ts';
import { deployment } from './deployment.entity.ts';
import { workflow } from '../workflow/workflow.entity.ts';
import { workflowRun } from '../workflow-run/workflow-run.entity.ts';

export const deploymentResolvers: Resolvers = {
  Query: {
    deployment: (_, { id }, context, info) => findById(context, deployment, id, info),
    deployments: (_, args, context, info) => connection(context, deployment, args, info),
  },
  Deployment: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, deployment, id, info),
    workflow: ({ workflowId }, _, context, info) => reference(context, workflow, workflowId, info),
    gateway: ({ gatewayId }) => stub('Gateway', gatewayId),
    deployedBy: ({ deployedById }) => stub('Worker', deployedById),
    runs: ({ id }, args, context, info) => connection(context, workflowRun, args, info, { column: 'deploymentId', id }),
  },
  Mutation: {
    createDeployment: (_, { input }, context) => createDeployment(input, context),
    activateDeployment: (_, { input }, context) => activateDeployment(input, context),
    deactivateDeployment: (_, { input }, context) => deactivateDeployment(input, context),
  },
};
