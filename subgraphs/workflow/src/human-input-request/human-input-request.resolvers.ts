import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { humanInputRequest } from './human-input-request.entity.ts';
import { requestHumanInput } from './request-human-input.ts';
import { answerHumanInput } from './answer-human-input.ts';
import { cancelHumanInput } from './cancel-human-input.ts';
import { workflowRun } from '../workflow-run/workflow-run.entity.ts';

export const humanInputRequestResolvers: Resolvers = {
  Query: {
    humanInputRequest: (_, { id }, context, info) => findById(context, humanInputRequest, id, info),
    humanInputRequests: (_, args, context, info) => connection(context, humanInputRequest, args, info),
  },
  HumanInputRequest: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, humanInputRequest, id, info),
    run: ({ runId }, _, context, info) => reference(context, workflowRun, runId, info),
    answeredBy: ({ answeredById }) => stub('Worker', answeredById),
  },
  Mutation: {
    requestHumanInput: (_, { input }, context) => requestHumanInput(input, context),
    answerHumanInput: (_, { input }, context) => answerHumanInput(input, context),
    cancelHumanInput: (_, { input }, context) => cancelHumanInput(input, context),
  },
};
