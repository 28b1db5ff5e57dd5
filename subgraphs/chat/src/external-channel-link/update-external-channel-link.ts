import { answer, checkInput, fault, reload, updateMissed } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { UpdateExternalChannelLinkInput } from '../generated/graphql.ts';
import { externalChannelLink } from './external-channel-link.entity.ts';
import { updateExternalChannelLinkRules } from './external-channel-link.rules.ts';

export function updateExternalChannelLink(input: UpdateExternalChannelLinkInput, context: ChatContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateExternalChannelLinkRules, input);
    const where = { orgId: context.principal.orgId, id, status: { not: 'REVOKED' as const }, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.externalChannelLink.updateMany({ where, data });
    const row = await reload(context, externalChannelLink, id);
    if (count > 0) return { externalChannelLink: row };
    if (row?.status === 'REVOKED') throw fault('INVALID_TRANSITION', 'id', 'id: the link is REVOKED, which is final; delete it and make another');
    throw await updateMissed(context, externalChannelLink, id);
  });
}
