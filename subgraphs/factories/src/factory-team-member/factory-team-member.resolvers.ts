import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createFactoryTeamMember } from './create-factory-team-member.ts';
import { deleteFactoryTeamMember } from './delete-factory-team-member.ts';
import { updateFactoryTeamMember } from './update-factory-team-member.ts';
import { factoryTeamMember } from './factory-team-member.entity.ts';
import { factory } from '../factory/factory.entity.ts';

export const factoryTeamMemberResolvers: Resolvers = {
  Query: {
    factoryTeamMember: (_, { id }, context, info) => findById(context, factoryTeamMember, id, info),
    factoryTeamMembers: (_, args, context, info) => connection(context, factoryTeamMember, args, info),
  },
  FactoryTeamMember: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, factoryTeamMember, id, info),
    factory: ({ factoryId }, _, context, info) => reference(context, factory, factoryId, info),
    worker: ({ workerId }) => stub('Worker', workerId),
    position: ({ positionId }) => stub('Position', positionId),
  },
  Mutation: {
    createFactoryTeamMember: (_, { input }, context) => createFactoryTeamMember(input, context),
    updateFactoryTeamMember: (_, { input }, context) => updateFactoryTeamMember(input, context),
    deleteFactoryTeamMember: (_, { input }, context) => deleteFactoryTeamMember(input, context),
  },
};
