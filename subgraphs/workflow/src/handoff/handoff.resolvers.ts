import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createHandoff } from './create-handoff.ts';
import { handoff } from './handoff.entity.ts';
import { workflowRun } from '../workflow-run/workflow-run.entity.ts';

export const handoffResolvers: Resolvers = {
  Query: {
    handoff: (_, { id }, context, info) => findById(context, handoff, id, info),
    handoffs: (_, args, context, info) => connection(context, handoff, args, info),
  },
  Handoff: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, handoff, id, info),
    run: ({ runId }, _, context, info) => reference(context, workflowRun, runId, info),
    fromAgent: ({ fromAgentId }) => stub('Agent', fromAgentId),
    toAgent: ({ toAgentId }) => stub('Agent', toAgentId),
  },
  Mutation: {
    createHandoff: (_, { input }, context) => createHandoff(input, context),
  },
};
