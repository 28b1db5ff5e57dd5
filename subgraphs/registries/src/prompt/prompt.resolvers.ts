import { connection, findById, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createPrompt } from './create-prompt.ts';
import { deletePrompt } from './delete-prompt.ts';
import { updatePrompt } from './update-prompt.ts';
import { prompt } from './prompt.entity.ts';
import { promptVersion } from '../prompt-version/prompt-version.entity.ts';

export const promptResolvers: Resolvers = {
  Query: {
    prompt: (_, { id }, context, info) => findById(context, prompt, id, info),
    prompts: (_, args, context, info) => connection(context, prompt, args, info),
  },
  Prompt: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, prompt, id, info),
    owner: ({ ownerId }) => stub('Worker', ownerId),
    versions: ({ id }, args, context, info) => connection(context, promptVersion, args, info, { column: 'promptId', id }),
  },
  Mutation: {
    createPrompt: (_, { input }, context) => createPrompt(input, context),
    updatePrompt: (_, { input }, context) => updatePrompt(input, context),
    deletePrompt: (_, { input }, context) => deletePrompt(input, context),
  },
};
