import { idempotencyKey, idOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const direction = z.enum(['INBOUND', 'OUTBOUND', 'BOTH']);

export const createExternalChannelLinkRules = z.object({
  channelId: idOf('Channel'),
  provider: z.enum(['SLACK', 'TEAMS', 'DISCORD']),
  externalId: text(1, 200),
  direction,
  idempotencyKey,
});

export const updateExternalChannelLinkRules = z.object({
  ...versionedId('ExternalChannelLink'),
  ...optional({ direction, status: z.enum(['ACTIVE', 'PAUSED', 'REVOKED']) }),
});

export const deleteExternalChannelLinkRules = z.object(versionedId('ExternalChannelLink'));
