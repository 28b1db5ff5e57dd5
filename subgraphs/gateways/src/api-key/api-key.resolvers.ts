import { connection, findById, reference, resolveReference, stub } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { apiKey } from './api-key.entity.ts';
import { createApiKey } from './create-api-key.ts';
import { revokeApiKey } from './revoke-api-key.ts';

export const apiKeyResolvers: Resolvers = {
  Query: {
    apiKey: (_, { id }, context, info) => findById(context, apiKey, id, info),
    apiKeys: (_, args, context, info) => connection(context, apiKey, args, info),
  },
  ApiKey: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, apiKey, id, info),
    parentKey: ({ parentKeyId }, _, context, info) => reference(context, apiKey, parentKeyId, info),
    childKeys: ({ id }, args, context, info) => connection(context, apiKey, args, info, { column: 'parentKeyId', id }),
    createdBy: ({ createdById }) => stub('Worker', createdById),
  },
  Mutation: {
    createApiKey: (_, { input }, context) => createApiKey(input, context),
    revokeApiKey: (_, { input }, context) => revokeApiKey(input, context),
  },
};
