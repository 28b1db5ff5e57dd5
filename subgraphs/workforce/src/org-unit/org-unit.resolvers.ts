import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createOrgUnit } from './create-org-unit.ts';
import { deleteOrgUnit } from './delete-org-unit.ts';
import { updateOrgUnit } from './update-org-unit.ts';
import { orgUnit } from './org-unit.entity.ts';
import { worker } from '../worker/worker.entity.ts';
import { orgUnitMembership } from '../org-unit-membership/org-unit-membership.entity.ts';

export const orgUnitResolvers: Resolvers = {
  Query: {
    orgUnit: (_, { id }, context, info) => findById(context, orgUnit, id, info),
    orgUnits: (_, args, context, info) => connection(context, orgUnit, args, info),
  },
  OrgUnit: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, orgUnit, id, info),
    parent: ({ parentId }, _, context, info) => reference(context, orgUnit, parentId, info),
    children: ({ id }, args, context, info) => connection(context, orgUnit, args, info, { column: 'parentId', id }),
    lead: ({ leadId }, _, context, info) => reference(context, worker, leadId, info),
    memberships: ({ id }, args, context, info) => connection(context, orgUnitMembership, args, info, { column: 'unitId', id }),
  },
  Mutation: {
    createOrgUnit: (_, { input }, context) => createOrgUnit(input, context),
    updateOrgUnit: (_, { input }, context) => updateOrgUnit(input, context),
    deleteOrgUnit: (_, { input }, context) => deleteOrgUnit(input, context),
  },
};
