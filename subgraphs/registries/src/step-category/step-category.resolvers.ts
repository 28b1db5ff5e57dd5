import { connection, findById, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createStepCategory } from './create-step-category.ts';
import { deleteStepCategory } from './delete-step-category.ts';
import { updateStepCategory } from './update-step-category.ts';
import { stepCategory } from './step-category.entity.ts';
import { libraryStep } from '../library-step/library-step.entity.ts';

export const stepCategoryResolvers: Resolvers = {
  Query: {
    stepCategory: (_, { id }, context, info) => findById(context, stepCategory, id, info),
    stepCategories: (_, args, context, info) => connection(context, stepCategory, args, info),
  },
  StepCategory: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, stepCategory, id, info),
    steps: ({ id }, args, context, info) => connection(context, libraryStep, args, info, { column: 'categoryId', id }),
  },
  Mutation: {
    createStepCategory: (_, { input }, context) => createStepCategory(input, context),
    updateStepCategory: (_, { input }, context) => updateStepCategory(input, context),
    deleteStepCategory: (_, { input }, context) => deleteStepCategory(input, context),
  },
};
