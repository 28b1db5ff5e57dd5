import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { RevokeApiKeyInput } from '../generated/graphql.ts';
import { apiKey } from './api-key.entity.ts';
import { revokeApiKeyRules } from './api-key.rules.ts';

/** The trigger revoke_child_keys takes the children along. */
export function revokeApiKey(input: RevokeApiKeyInput, context: GatewaysContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(revokeApiKeyRules, input);
    const where = { orgId: context.principal.orgId, id, status: 'ACTIVE' as const, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.apiKey.updateMany({ where, data: { status: 'REVOKED', revokedAt: context.now() } });
    const row = await reload(context, apiKey, id);
    if (count === 0 && row?.status !== 'REVOKED') throw await updateMissed(context, apiKey, id);
    return { apiKey: row };
  });
}
