import { entity, type RowOf } from '@forge/subgraph-kit';

export const chatMessage = entity({
  type: 'ChatMessage',
  table: 'chatMessages',
  columns: {
    sessionId: 'id:ChannelSession',
    sequence: 'int',
    authorType: 'enum',
    authorId: 'id:Worker?',
    body: 'text',
    mentionIds: 'id:Worker[]',
    replyToId: 'id:ChatMessage?',
    tokenCount: 'int',
    sentAt: 'time',
  },
  orderBy: { SENT_AT: 'sentAt', SEQUENCE: 'sequence' },
  newest: 'sentAt',
});

export type ChatMessageRow = RowOf<typeof chatMessage>;
