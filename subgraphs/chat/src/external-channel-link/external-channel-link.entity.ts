import { entity, type RowOf } from '@forge/subgraph-kit';

export const externalChannelLink = entity({
  type: 'ExternalChannelLink',
  table: 'externalChannelLinks',
  columns: {
    channelId: 'id:Channel',
    provider: 'enum',
    externalId: 'text',
    direction: 'enum',
    status: 'enum',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type ExternalChannelLinkRow = RowOf<typeof externalChannelLink>;
