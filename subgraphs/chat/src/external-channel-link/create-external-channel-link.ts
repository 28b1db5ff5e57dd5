import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { CreateExternalChannelLinkInput } from '../generated/graphql.ts';
import { externalChannelLink } from './external-channel-link.entity.ts';
import { createExternalChannelLinkRules } from './external-channel-link.rules.ts';

export function createExternalChannelLink(input: CreateExternalChannelLinkInput, context: ChatContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createExternalChannelLinkRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createExternalChannelLink', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.externalChannelLink.create({ data: { ...data, id: newId('ExternalChannelLink'), orgId } })).id),
    );
    return { externalChannelLink: await reload(context, externalChannelLink, id) };
  });
}
