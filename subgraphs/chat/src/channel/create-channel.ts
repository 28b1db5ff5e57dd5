import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { CreateChannelInput } from '../generated/graphql.ts';
import { channel } from './channel.entity.ts';
import { createChannelRules } from './channel.rules.ts';

export function createChannel(input: CreateChannelInput, context: ChatContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createChannelRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createChannel', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.channel.create({ data: { ...data, id: newId('Channel'), orgId } })).id),
    );
    return { channel: await reload(context, channel, id) };
  });
}
