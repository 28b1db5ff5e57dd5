import type { Resolvers } from '../generated/graphql.ts';
import { findCredential } from './find-credential.ts';

export const credentialResolvers: Resolvers = {
  Query: {
    credential: (_, { hash }, context) => findCredential(context, hash),
  },
};
