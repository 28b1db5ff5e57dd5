import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { executionEvent } from './execution-event.entity.ts';
import { recordExecutionEvents } from './record-execution-events.ts';
import { workflowRun } from '../workflow-run/workflow-run.entity.ts';

export const executionEventResolvers: Resolvers = {
  Query: {
    executionEvent: (_, { id }, context, info) => findById(context, executionEvent, id, info),
    executionEvents: (_, args, context, info) => connection(context, executionEvent, args, info),
  },
  ExecutionEvent: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, executionEvent, id, info),
    run: ({ runId }, _, context, info) => reference(context, workflowRun, runId, info),
  },
  Mutation: {
    recordExecutionEvents: (_, { input }, context) => recordExecutionEvents(input, context),
  },
};
