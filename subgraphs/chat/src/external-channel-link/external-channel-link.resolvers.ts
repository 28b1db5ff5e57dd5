import { connection, findById, reference, resolveReference } from '@forge/subgraph-kit';
import type { Resolvers } from '../generated/graphql.ts';
import { createExternalChannelLink } from './create-external-channel-link.ts';
import { deleteExternalChannelLink } from './delete-external-channel-link.ts';
import { updateExternalChannelLink } from './update-external-channel-link.ts';
import { externalChannelLink } from './external-channel-link.entity.ts';
import { channel } from '../channel/channel.entity.ts';

export const externalChannelLinkResolvers: Resolvers = {
  Query: {
    externalChannelLink: (_, { id }, context, info) => findById(context, externalChannelLink, id, info),
    externalChannelLinks: (_, args, context, info) => connection(context, externalChannelLink, args, info),
  },
  ExternalChannelLink: {
    __resolveReference: ({ id }, context, info) => resolveReference(context, externalChannelLink, id, info),
    channel: ({ channelId }, _, context, info) => reference(context, channel, channelId, info),
  },
  Mutation: {
    createExternalChannelLink: (_, { input }, context) => createExternalChannelLink(input, context),
    updateExternalChannelLink: (_, { input }, context) => updateExternalChannelLink(input, context),
    deleteExternalChannelLink: (_, { input }, context) => deleteExternalChannelLink(input, context),
  },
};
