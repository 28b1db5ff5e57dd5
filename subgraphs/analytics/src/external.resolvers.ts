import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { tokenEvent } from './token-event/token-event.entity.ts';

export const externalResolvers: Resolvers = {
  WorkflowRun: {
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'runId', id }),
  },
  StepResult: {
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'stepResultId', id }),
  },
  Agent: {
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'agentId', id }),
  },
  Workflow: {
    tokenEvents: ({ id }, args, context, info) => connection(context, tokenEvent, args, info, { column: 'workflowId', id }),
  },
};
