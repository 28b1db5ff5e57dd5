import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createDepartment } from './create-department.ts';
import { deleteDepartment } from './delete-department.ts';
import { updateDepartment } from './update-department.ts';
import { department } from './department.entity.ts';
import { worker } from '../worker/worker.entity.ts';
import { team } from '../team/team.entity.ts';

export const departmentResolvers: Resolvers = {
  Query: {
    department: (_, { id }, context, info) => findById(context, department, id, info),
    departments: (_, args, context, info) => connection(context, department, args, info),
  },
  Department: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, department, id, info),
    parent: ({ parentId }, _, context, info) => reference(context, department, parentId, info),
    children: ({ id }, args, context, info) => connection(context, department, args, info, { column: 'parentId', id }),
    head: ({ headId }, _, context, info) => reference(context, worker, headId, info),
    teams: ({ id }, args, context, info) => connection(context, team, args, info, { column: 'departmentId', id }),
  },
  Mutation: {
    createDepartment: (_, { input }, context) => createDepartment(input, context),
    updateDepartment: (_, { input }, context) => updateDepartment(input, context),
    deleteDepartment: (_, { input }, context) => deleteDepartment(input, context),
  },
};
