import { answer, checkInput, fault, reload, updateMissed } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { ArchiveChannelInput } from '../generated/graphql.ts';
import { channel } from './channel.entity.ts';
import { archiveChannelRules } from './channel.rules.ts';

export function archiveChannel(input: ArchiveChannelInput, context: ChatContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(archiveChannelRules, input);
    const where = { orgId: context.principal.orgId, id, archivedAt: null, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.channel.updateMany({ where, data: { archivedAt: new Date() } });
    const row = await reload(context, channel, id);
    if (count > 0) return { channel: row };
    if (row?.archivedAt) throw fault('INVALID_TRANSITION', 'id', `id: the channel was archived at ${row.archivedAt.toISOString()} already`);
    throw await updateMissed(context, channel, id);
  });
}
