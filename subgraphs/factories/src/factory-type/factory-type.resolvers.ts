import { connection, findById, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createFactoryType } from './create-factory-type.ts';
import { deleteFactoryType } from './delete-factory-type.ts';
import { updateFactoryType } from './update-factory-type.ts';
import { factoryType } from './factory-type.entity.ts';
import { factory } from '../factory/factory.entity.ts';
import { factoryBlueprint } from '../factory-blueprint/factory-blueprint.entity.ts';

export const factoryTypeResolvers: Resolvers = {
  Query: {
    factoryType: (_, { id }, context, info) => findById(context, factoryType, id, info),
    factoryTypes: (_, args, context, info) => connection(context, factoryType, args, info),
  },
  FactoryType: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, factoryType, id, info),
    factories: ({ id }, args, context, info) => connection(context, factory, args, info, { column: 'typeId', id }),
    blueprints: ({ id }, args, context, info) => connection(context, factoryBlueprint, args, info, { column: 'typeId', id }),
  },
  Mutation: {
    createFactoryType: (_, { input }, context) => createFactoryType(input, context),
    updateFactoryType: (_, { input }, context) => updateFactoryType(input, context),
    deleteFactoryType: (_, { input }, context) => deleteFactoryType(input, context),
  },
};
