import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createOrgUnitMembership } from './create-org-unit-membership.ts';
import { deleteOrgUnitMembership } from './delete-org-unit-membership.ts';
import { updateOrgUnitMembership } from './update-org-unit-membership.ts';
import { orgUnitMembership } from './org-unit-membership.entity.ts';
import { orgUnit } from '../org-unit/org-unit.entity.ts';
import { worker } from '../worker/worker.entity.ts';

export const orgUnitMembershipResolvers: Resolvers = {
  Query: {
    orgUnitMembership: (_, { id }, context, info) => findById(context, orgUnitMembership, id, info),
    orgUnitMemberships: (_, args, context, info) => connection(context, orgUnitMembership, args, info),
  },
  OrgUnitMembership: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, orgUnitMembership, id, info),
    unit: ({ unitId }, _, context, info) => reference(context, orgUnit, unitId, info),
    worker: ({ workerId }, _, context, info) => reference(context, worker, workerId, info),
  },
  Mutation: {
    createOrgUnitMembership: (_, { input }, context) => createOrgUnitMembership(input, context),
    updateOrgUnitMembership: (_, { input }, context) => updateOrgUnitMembership(input, context),
    deleteOrgUnitMembership: (_, { input }, context) => deleteOrgUnitMembership(input, context),
  },
};
