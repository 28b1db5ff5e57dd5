import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { UpdateGatewayModelAccessInput } from '../generated/graphql.ts';
import { gatewayModelAccess } from './gateway-model-access.entity.ts';
import { updateGatewayModelAccessRules } from './gateway-model-access.rules.ts';

export function updateGatewayModelAccess(input: UpdateGatewayModelAccessInput, context: GatewaysContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateGatewayModelAccessRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.gatewayModelAccess.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, gatewayModelAccess, id);
    return { gatewayModelAccess: await reload(context, gatewayModelAccess, id) };
  });
}
