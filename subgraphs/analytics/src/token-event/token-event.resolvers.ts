import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { modelPrice } from '../model-price/model-price.entity.ts';
import { recordTokenEvents } from './record-token-events.ts';
import { tokenEvent } from './token-event.entity.ts';

export const tokenEventResolvers: Resolvers = {
  Query: {
    tokenEvent: (_, { id }, context, info) => findById(context, tokenEvent, id, info),
    tokenEvents: (_, args, context, info) => connection(context, tokenEvent, args, info),
  },
  TokenEvent: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, tokenEvent, id, info),
    run: ({ runId }) => stub('WorkflowRun', runId),
    stepResult: ({ stepResultId }) => stub('StepResult', stepResultId),
    agent: ({ agentId }) => stub('Agent', agentId),
    worker: ({ workerId }) => stub('Worker', workerId),
    workflow: ({ workflowId }) => stub('Workflow', workflowId),
    factory: ({ factoryId }) => stub('Factory', factoryId),
    gateway: ({ gatewayId }) => stub('Gateway', gatewayId),
    model: ({ modelId }) => stub('Model', modelId),
    price: ({ priceId }, _, context, info) => reference(context, modelPrice, priceId, info),
  },
  Mutation: {
    recordTokenEvents: (_, { input }, context) => recordTokenEvents(input, context),
  },
};
