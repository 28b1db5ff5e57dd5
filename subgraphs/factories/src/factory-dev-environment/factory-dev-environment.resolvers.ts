import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createFactoryDevEnvironment } from './create-factory-dev-environment.ts';
import { factoryDevEnvironment } from './factory-dev-environment.entity.ts';
import { factory } from '../factory/factory.entity.ts';

export const factoryDevEnvironmentResolvers: Resolvers = {
  Query: {
    factoryDevEnvironment: (_, { id }, context, info) => findById(context, factoryDevEnvironment, id, info),
    factoryDevEnvironments: (_, args, context, info) => connection(context, factoryDevEnvironment, args, info),
  },
  FactoryDevEnvironment: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, factoryDevEnvironment, id, info),
    factory: ({ factoryId }, _, context, info) => reference(context, factory, factoryId, info),
    owner: ({ ownerId }) => stub('Worker', ownerId),
  },
  Mutation: {
    createFactoryDevEnvironment: (_, { input }, context) => createFactoryDevEnvironment(input, context),
  },
};
