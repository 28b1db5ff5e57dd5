import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createRunArtifact } from './create-run-artifact.ts';
import { runArtifact } from './run-artifact.entity.ts';
import { workflowRun } from '../workflow-run/workflow-run.entity.ts';

export const runArtifactResolvers: Resolvers = {
  Query: {
    runArtifact: (_, { id }, context, info) => findById(context, runArtifact, id, info),
    runArtifacts: (_, args, context, info) => connection(context, runArtifact, args, info),
  },
  RunArtifact: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, runArtifact, id, info),
    run: ({ runId }, _, context, info) => reference(context, workflowRun, runId, info),
    agent: ({ agentId }) => stub('Agent', agentId),
  },
  Mutation: {
    createRunArtifact: (_, { input }, context) => createRunArtifact(input, context),
  },
};
