import { entity, type RowOf } from '@forge/subgraph-kit';

export const channel = entity({
  type: 'Channel',
  table: 'channels',
  columns: {
    type: 'enum',
    name: 'text',
    factoryId: 'id:Factory?',
    teamId: 'id:Team?',
    ownerId: 'id:Worker?',
    relevancyMode: 'enum',
    relevancyThreshold: 'float',
    maxAgentLoopDepth: 'int',
    archivedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type ChannelRow = RowOf<typeof channel>;
