import { connection, findById, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { platformEvent } from './platform-event.entity.ts';

export const platformEventResolvers: Resolvers = {
  Query: {
    platformEvent: (_, { id }, context, info) => findById(context, platformEvent, id, info),
    platformEvents: (_, args, context, info) => connection(context, platformEvent, args, info),
  },
  PlatformEvent: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, platformEvent, id, info),
    run: ({ runId }) => stub('WorkflowRun', runId),
    agent: ({ agentId }) => stub('Agent', agentId),
    gateway: ({ gatewayId }) => stub('Gateway', gatewayId),
  },
};
