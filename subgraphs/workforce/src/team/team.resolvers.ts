import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createTeam } from './create-team.ts';
import { deleteTeam } from './delete-team.ts';
import { updateTeam } from './update-team.ts';
import { team } from './team.entity.ts';
import { worker } from '../worker/worker.entity.ts';
import { department } from '../department/department.entity.ts';
import { position } from '../position/position.entity.ts';

export const teamResolvers: Resolvers = {
  Query: {
    team: (_, { id }, context, info) => findById(context, team, id, info),
    teams: (_, args, context, info) => connection(context, team, args, info),
  },
  Team: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, team, id, info),
    workers: ({ id }, args, context, info) => connection(context, worker, args, info, { column: 'teamId', id }),
    department: ({ departmentId }, _, context, info) => reference(context, department, departmentId, info),
    lead: ({ leadId }, _, context, info) => reference(context, worker, leadId, info),
    positions: ({ id }, args, context, info) => connection(context, position, args, info, { column: 'teamId', id }),
  },
  Mutation: {
    createTeam: (_, { input }, context) => createTeam(input, context),
    updateTeam: (_, { input }, context) => updateTeam(input, context),
    deleteTeam: (_, { input }, context) => deleteTeam(input, context),
  },
};
