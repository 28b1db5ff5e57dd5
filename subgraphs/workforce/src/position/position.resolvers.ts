import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createPosition } from './create-position.ts';
import { deletePosition } from './delete-position.ts';
import { updatePosition } from './update-position.ts';
import { position } from './position.entity.ts';
import { team } from '../team/team.entity.ts';
import { positionAssignment } from '../position-assignment/position-assignment.entity.ts';

export const positionResolvers: Resolvers = {
  Query: {
    position: (_, { id }, context, info) => findById(context, position, id, info),
    positions: (_, args, context, info) => connection(context, position, args, info),
  },
  Position: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, position, id, info),
    team: ({ teamId }, _, context, info) => reference(context, team, teamId, info),
    assignments: ({ id }, args, context, info) => connection(context, positionAssignment, args, info, { column: 'positionId', id }),
    role: ({ roleId }) => stub('WorkerRole', roleId),
  },
  Mutation: {
    createPosition: (_, { input }, context) => createPosition(input, context),
    updatePosition: (_, { input }, context) => updatePosition(input, context),
    deletePosition: (_, { input }, context) => deletePosition(input, context),
  },
};
