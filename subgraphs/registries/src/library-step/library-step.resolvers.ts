import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createLibraryStep } from './create-library-step.ts';
import { deleteLibraryStep } from './delete-library-step.ts';
import { updateLibraryStep } from './update-library-step.ts';
import { libraryStep } from './library-step.entity.ts';
import { stepCategory } from '../step-category/step-category.entity.ts';

export const libraryStepResolvers: Resolvers = {
  Query: {
    libraryStep: (_, { id }, context, info) => findById(context, libraryStep, id, info),
    librarySteps: (_, args, context, info) => connection(context, libraryStep, args, info),
  },
  LibraryStep: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, libraryStep, id, info),
    category: ({ categoryId }, _, context, info) => reference(context, stepCategory, categoryId, info),
  },
  Mutation: {
    createLibraryStep: (_, { input }, context) => createLibraryStep(input, context),
    updateLibraryStep: (_, { input }, context) => updateLibraryStep(input, context),
    deleteLibraryStep: (_, { input }, context) => deleteLibraryStep(input, context),
  },
};
