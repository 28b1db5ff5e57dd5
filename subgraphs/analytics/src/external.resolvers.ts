import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { costAggregate } from './cost-aggregate/cost-aggregate.entity.ts';
import { ofScope } from './cost-aggregate/of-scope.ts';
import { modelPrice } from './model-price/model-price.entity.ts';
import { tokenEvent } from './token-event/token-event.entity.ts';

export const externalResolvers: Resolvers = {
  Agent: {
    costAggregates: ({ id }, args, context, info) => connection(context, costAggregate, ofScope('AGENT', args), info, { column: 'scopeId', id }),
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'agentId', id }),
  },
  Factory: {
    costAggregates: ({ id }, args, context, info) => connection(context, costAggregate, ofScope('FACTORY', args), info, { column: 'scopeId', id }),
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'factoryId', id }),
  },
  Gateway: {
    costAggregates: ({ id }, args, context, info) => connection(context, costAggregate, ofScope('GATEWAY', args), info, { column: 'scopeId', id }),
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'gatewayId', id }),
    modelPrices: ({ id }, args, context, info) => connection(context, modelPrice, args, info, { column: 'gatewayId', id }),
  },
  Model: {
    costAggregates: ({ id }, args, context, info) => connection(context, costAggregate, ofScope('MODEL', args), info, { column: 'scopeId', id }),
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'modelId', id }),
    prices: ({ id }, args, context, info) => connection(context, modelPrice, args, info, { column: 'modelId', id }),
  },
  StepResult: {
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'stepResultId', id }),
  },
  Worker: {
    costAggregates: ({ id }, args, context, info) => connection(context, costAggregate, ofScope('WORKER', args), info, { column: 'scopeId', id }),
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'workerId', id }),
  },
  Workflow: {
    costAggregates: ({ id }, args, context, info) => connection(context, costAggregate, ofScope('WORKFLOW', args), info, { column: 'scopeId', id }),
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'workflowId', id }),
  },
  WorkflowRun: {
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'runId', id }),
  },
};
