import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { promptVersion } from './prompt-version.entity.ts';
import { prompt } from '../prompt/prompt.entity.ts';

export const promptVersionResolvers: Resolvers = {
  Query: {
    promptVersion: (_, { id }, context, info) => findById(context, promptVersion, id, info),
    promptVersions: (_, args, context, info) => connection(context, promptVersion, args, info),
  },
  PromptVersion: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, promptVersion, id, info),
    prompt: ({ promptId }, _, context, info) => reference(context, prompt, promptId, info),
    createdBy: ({ createdById }) => stub('Worker', createdById),
  },
};
