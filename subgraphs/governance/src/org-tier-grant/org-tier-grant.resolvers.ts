import { connection, findById, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createOrgTierGrant } from './create-org-tier-grant.ts';
import { deleteOrgTierGrant } from './delete-org-tier-grant.ts';
import { updateOrgTierGrant } from './update-org-tier-grant.ts';
import { orgTierGrant } from './org-tier-grant.entity.ts';

export const orgTierGrantResolvers: Resolvers = {
  Query: {
    orgTierGrant: (_, { id }, context, info) => findById(context, orgTierGrant, id, info),
    orgTierGrants: (_, args, context, info) => connection(context, orgTierGrant, args, info),
  },
  OrgTierGrant: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, orgTierGrant, id, info),
  },
  Mutation: {
    createOrgTierGrant: (_, { input }, context) => createOrgTierGrant(input, context),
    updateOrgTierGrant: (_, { input }, context) => updateOrgTierGrant(input, context),
    deleteOrgTierGrant: (_, { input }, context) => deleteOrgTierGrant(input, context),
  },
};
