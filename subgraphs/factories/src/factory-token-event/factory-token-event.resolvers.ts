import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { factoryTokenEvent } from './factory-token-event.entity.ts';
import { factory } from '../factory/factory.entity.ts';
import { factoryAssignment } from '../factory-assignment/factory-assignment.entity.ts';

export const factoryTokenEventResolvers: Resolvers = {
  Query: {
    factoryTokenEvent: (_, { id }, context, info) => findById(context, factoryTokenEvent, id, info),
    factoryTokenEvents: (_, args, context, info) => connection(context, factoryTokenEvent, args, info),
  },
  FactoryTokenEvent: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, factoryTokenEvent, id, info),
    factory: ({ factoryId }, _, context, info) => reference(context, factory, factoryId, info),
    tokenEvent: ({ tokenEventId }) => stub('TokenEvent', tokenEventId),
    assignment: ({ assignmentId }, _, context, info) => reference(context, factoryAssignment, assignmentId, info),
    run: ({ runId }) => stub('WorkflowRun', runId),
    worker: ({ workerId }) => stub('Worker', workerId),
  },
};
