import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { costAggregate } from './cost-aggregate/cost-aggregate.entity.ts';
import { ofScope } from './cost-aggregate/of-scope.ts';
import { tokenEvent } from './token-event/token-event.entity.ts';

export const externalResolvers: Resolvers = {
  WorkflowRun: {
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'runId', id }),
  },
  StepResult: {
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'stepResultId', id }),
  },
  Agent: {
    costAggregates: ({ id }, args, context, info) => connection(context, costAggregate, ofScope('AGENT', args), info, { column: 'scopeId', id }),
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'agentId', id }),
  },
  Workflow: {
    costAggregates: ({ id }, args, context, info) => connection(context, costAggregate, ofScope('WORKFLOW', args), info, { column: 'scopeId', id }),
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'workflowId', id }),
  },
};
