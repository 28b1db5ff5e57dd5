import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createWorker } from './create-worker.ts';
import { deleteWorker } from './delete-worker.ts';
import { updateWorker } from './update-worker.ts';
import { worker } from './worker.entity.ts';
import { team } from '../team/team.entity.ts';
import { department } from '../department/department.entity.ts';
import { positionAssignment } from '../position-assignment/position-assignment.entity.ts';
import { orgUnit } from '../org-unit/org-unit.entity.ts';
import { orgUnitMembership } from '../org-unit-membership/org-unit-membership.entity.ts';

export const workerResolvers: Resolvers = {
  Query: {
    worker: (_, { id }, context, info) => findById(context, worker, id, info),
    workers: (_, args, context, info) => connection(context, worker, args, info),
  },
  Worker: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, worker, id, info),
    team: ({ teamId }, _, context, info) => reference(context, team, teamId, info),
    manager: ({ managerId }, _, context, info) => reference(context, worker, managerId, info),
    reports: ({ id }, args, context, info) => connection(context, worker, args, info, { column: 'managerId', id }),
    headedDepartments: ({ id }, args, context, info) => connection(context, department, args, info, { column: 'headId', id }),
    ledTeams: ({ id }, args, context, info) => connection(context, team, args, info, { column: 'leadId', id }),
    positionAssignments: ({ id }, args, context, info) => connection(context, positionAssignment, args, info, { column: 'workerId', id }),
    ledUnits: ({ id }, args, context, info) => connection(context, orgUnit, args, info, { column: 'leadId', id }),
    unitMemberships: ({ id }, args, context, info) => connection(context, orgUnitMembership, args, info, { column: 'workerId', id }),
    role: ({ roleId }) => stub('WorkerRole', roleId),
  },
  Mutation: {
    createWorker: (_, { input }, context) => createWorker(input, context),
    updateWorker: (_, { input }, context) => updateWorker(input, context),
    deleteWorker: (_, { input }, context) => deleteWorker(input, context),
  },
};
