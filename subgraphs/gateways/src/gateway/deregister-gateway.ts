import { actsFor, answer, checkInput, fault, reload, updateMissed } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { DeregisterGatewayInput } from '../generated/graphql.ts';
import { gateway } from './gateway.entity.ts';
import { deregisterGatewayRules } from './gateway.rules.ts';

const withdrawn = { tokenHash: null, tokenUsedAt: null, previousTokenHash: null, previousTokenExpiresAt: null };

export function deregisterGateway(input: DeregisterGatewayInput, context: GatewaysContext) {
  return answer(async () => {
    const { id, expectedVersion, instanceId = null } = checkInput(deregisterGatewayRules, input);
    const { principal } = context;
    if (!actsFor(principal, id, 'gateways:write')) throw fault('FORBIDDEN', 'id', 'id: a runtime deregisters its own gateway alone');
    const where = { orgId: principal.orgId, id, instanceId, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.gateway.updateMany({ where, data: { ...withdrawn, status: 'OFFLINE' } });
    const row = await reload(context, gateway, id);
    if (count === 0 && row && row.instanceId !== instanceId) {
      throw fault('FORBIDDEN', 'instanceId', 'instanceId: another process registered this gateway last, and it alone deregisters it');
    }
    if (count === 0) throw await updateMissed(context, gateway, id);
    return { gateway: row };
  });
}
