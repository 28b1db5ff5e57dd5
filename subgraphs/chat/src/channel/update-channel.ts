import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { UpdateChannelInput } from '../generated/graphql.ts';
import { channel } from './channel.entity.ts';
import { channelConstraints, updateChannelRules } from './channel.rules.ts';

export function updateChannel(input: UpdateChannelInput, context: ChatContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateChannelRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.channel.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, channel, id);
    return { channel: await reload(context, channel, id) };
  }, channelConstraints);
}
