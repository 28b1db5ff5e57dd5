import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createFactoryBlueprint } from './create-factory-blueprint.ts';
import { deleteFactoryBlueprint } from './delete-factory-blueprint.ts';
import { updateFactoryBlueprint } from './update-factory-blueprint.ts';
import { factoryBlueprint } from './factory-blueprint.entity.ts';
import { factory } from '../factory/factory.entity.ts';
import { factoryType } from '../factory-type/factory-type.entity.ts';

export const factoryBlueprintResolvers: Resolvers = {
  Query: {
    factoryBlueprint: (_, { id }, context, info) => findById(context, factoryBlueprint, id, info),
    factoryBlueprints: (_, args, context, info) => connection(context, factoryBlueprint, args, info),
  },
  FactoryBlueprint: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, factoryBlueprint, id, info),
    factories: ({ id }, args, context, info) => connection(context, factory, args, info, { column: 'blueprintId', id }),
    type: ({ typeId }, _, context, info) => reference(context, factoryType, typeId, info),
  },
  Mutation: {
    createFactoryBlueprint: (_, { input }, context) => createFactoryBlueprint(input, context),
    updateFactoryBlueprint: (_, { input }, context) => updateFactoryBlueprint(input, context),
    deleteFactoryBlueprint: (_, { input }, context) => deleteFactoryBlueprint(input, context),
  },
};
