import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createModelSlot } from './create-model-slot.ts';
import { deleteModelSlot } from './delete-model-slot.ts';
import { updateModelSlot } from './update-model-slot.ts';
import { modelSlot } from './model-slot.entity.ts';
import { model } from '../model/model.entity.ts';

export const modelSlotResolvers: Resolvers = {
  Query: {
    modelSlot: (_, { id }, context, info) => findById(context, modelSlot, id, info),
    modelSlots: (_, args, context, info) => connection(context, modelSlot, args, info),
  },
  ModelSlot: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, modelSlot, id, info),
    definition: ({ definitionId }) => stub('AgentDefinition', definitionId),
    model: ({ modelId }, _, context, info) => reference(context, model, modelId, info),
  },
  Mutation: {
    createModelSlot: (_, { input }, context) => createModelSlot(input, context),
    updateModelSlot: (_, { input }, context) => updateModelSlot(input, context),
    deleteModelSlot: (_, { input }, context) => deleteModelSlot(input, context),
  },
};
