import { entity, type RowOf } from '@forge/subgraph-kit';

export const channelSession = entity({
  type: 'ChannelSession',
  table: 'channelSessions',
  columns: {
    channelId: 'id:Channel',
    title: 'text?',
    status: 'enum',
    participantIds: 'id:Worker[]',
    runId: 'id:WorkflowRun?',
    assignmentId: 'id:FactoryAssignment?',
    startedAt: 'time',
    endedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type ChannelSessionRow = RowOf<typeof channelSession>;
