import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createGlooCredential } from './create-gloo-credential.ts';
import { deleteGlooCredential } from './delete-gloo-credential.ts';
import { updateGlooCredential } from './update-gloo-credential.ts';
import { glooCredential } from './gloo-credential.entity.ts';
import { gateway } from '../gateway/gateway.entity.ts';

export const glooCredentialResolvers: Resolvers = {
  Query: {
    glooCredential: (_, { id }, context, info) => findById(context, glooCredential, id, info),
    glooCredentials: (_, args, context, info) => connection(context, glooCredential, args, info),
  },
  GlooCredential: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, glooCredential, id, info),
    gateway: ({ gatewayId }, _, context, info) => reference(context, gateway, gatewayId, info),
  },
  Mutation: {
    createGlooCredential: (_, { input }, context) => createGlooCredential(input, context),
    updateGlooCredential: (_, { input }, context) => updateGlooCredential(input, context),
    deleteGlooCredential: (_, { input }, context) => deleteGlooCredential(input, context),
  },
};
