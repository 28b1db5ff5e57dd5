import { connection, findById, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createModel } from './create-model.ts';
import { deleteModel } from './delete-model.ts';
import { updateModel } from './update-model.ts';
import { model } from './model.entity.ts';
import { registeredModel } from '../registered-model/registered-model.entity.ts';
import { modelSlot } from '../model-slot/model-slot.entity.ts';
import { modelRoutingRule } from '../model-routing-rule/model-routing-rule.entity.ts';

export const modelResolvers: Resolvers = {
  Query: {
    model: (_, { id }, context, info) => findById(context, model, id, info),
    models: (_, args, context, info) => connection(context, model, args, info),
  },
  Model: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, model, id, info),
    registrations: ({ id }, args, context, info) => connection(context, registeredModel, args, info, { column: 'modelId', id }),
    slots: ({ id }, args, context, info) => connection(context, modelSlot, args, info, { column: 'modelId', id }),
    routingRules: ({ id }, args, context, info) => connection(context, modelRoutingRule, args, info, { column: 'primaryModelId', id }),
    fallbackRules: ({ id }, args, context, info) => connection(context, modelRoutingRule, args, info, { column: 'fallbackModelIds', id }),
  },
  Mutation: {
    createModel: (_, { input }, context) => createModel(input, context),
    updateModel: (_, { input }, context) => updateModel(input, context),
    deleteModel: (_, { input }, context) => deleteModel(input, context),
  },
};
