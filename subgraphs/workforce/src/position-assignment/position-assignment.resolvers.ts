import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { positionAssignment } from './position-assignment.entity.ts';
import { position } from '../position/position.entity.ts';
import { worker } from '../worker/worker.entity.ts';

export const positionAssignmentResolvers: Resolvers = {
  Query: {
    positionAssignment: (_, { id }, context, info) => findById(context, positionAssignment, id, info),
    positionAssignments: (_, args, context, info) => connection(context, positionAssignment, args, info),
  },
  PositionAssignment: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, positionAssignment, id, info),
    position: ({ positionId }, _, context, info) => reference(context, position, positionId, info),
    worker: ({ workerId }, _, context, info) => reference(context, worker, workerId, info),
  },
};
