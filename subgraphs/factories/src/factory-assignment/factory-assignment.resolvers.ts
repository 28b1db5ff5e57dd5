import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createFactoryAssignment } from './create-factory-assignment.ts';
import { deleteFactoryAssignment } from './delete-factory-assignment.ts';
import { updateFactoryAssignment } from './update-factory-assignment.ts';
import { factoryAssignment } from './factory-assignment.entity.ts';
import { factory } from '../factory/factory.entity.ts';
import { factoryTokenEvent } from '../factory-token-event/factory-token-event.entity.ts';

export const factoryAssignmentResolvers: Resolvers = {
  Query: {
    factoryAssignment: (_, { id }, context, info) => findById(context, factoryAssignment, id, info),
    factoryAssignments: (_, args, context, info) => connection(context, factoryAssignment, args, info),
  },
  FactoryAssignment: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, factoryAssignment, id, info),
    factory: ({ factoryId }, _, context, info) => reference(context, factory, factoryId, info),
    assignee: ({ assigneeId }) => stub('Worker', assigneeId),
    run: ({ runId }) => stub('WorkflowRun', runId),
    tokenEvents: ({ id }, args, context, info) => connection(context, factoryTokenEvent, args, info, { column: 'assignmentId', id }),
  },
  Mutation: {
    createFactoryAssignment: (_, { input }, context) => createFactoryAssignment(input, context),
    updateFactoryAssignment: (_, { input }, context) => updateFactoryAssignment(input, context),
    deleteFactoryAssignment: (_, { input }, context) => deleteFactoryAssignment(input, context),
  },
};
