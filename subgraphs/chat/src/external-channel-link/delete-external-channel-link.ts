import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { DeleteExternalChannelLinkInput } from '../generated/graphql.ts';
import { externalChannelLink } from './external-channel-link.entity.ts';
import { deleteExternalChannelLinkRules } from './external-channel-link.rules.ts';

export function deleteExternalChannelLink(input: DeleteExternalChannelLinkInput, context: ChatContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteExternalChannelLinkRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.externalChannelLink.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, externalChannelLink, id);
    return { deletedId: id };
  });
}
