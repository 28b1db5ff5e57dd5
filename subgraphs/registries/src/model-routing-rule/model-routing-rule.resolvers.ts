import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createModelRoutingRule } from './create-model-routing-rule.ts';
import { deleteModelRoutingRule } from './delete-model-routing-rule.ts';
import { updateModelRoutingRule } from './update-model-routing-rule.ts';
import { modelRoutingRule } from './model-routing-rule.entity.ts';
import { model } from '../model/model.entity.ts';

export const modelRoutingRuleResolvers: Resolvers = {
  Query: {
    modelRoutingRule: (_, { id }, context, info) => findById(context, modelRoutingRule, id, info),
    modelRoutingRules: (_, args, context, info) => connection(context, modelRoutingRule, args, info),
  },
  ModelRoutingRule: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, modelRoutingRule, id, info),
    primaryModel: ({ primaryModelId }, _, context, info) => reference(context, model, primaryModelId, info),
    fallbackModels: ({ fallbackModelIds }, _, context, info) => Promise.all(fallbackModelIds.map((id) => reference(context, model, id, info))),
  },
  Mutation: {
    createModelRoutingRule: (_, { input }, context) => createModelRoutingRule(input, context),
    updateModelRoutingRule: (_, { input }, context) => updateModelRoutingRule(input, context),
    deleteModelRoutingRule: (_, { input }, context) => deleteModelRoutingRule(input, context),
  },
};
