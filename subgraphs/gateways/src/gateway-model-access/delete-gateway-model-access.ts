import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { DeleteGatewayModelAccessInput } from '../generated/graphql.ts';
import { gatewayModelAccess } from './gateway-model-access.entity.ts';
import { deleteGatewayModelAccessRules } from './gateway-model-access.rules.ts';

export function deleteGatewayModelAccess(input: DeleteGatewayModelAccessInput, context: GatewaysContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteGatewayModelAccessRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.gatewayModelAccess.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, gatewayModelAccess, id);
    return { deletedId: id };
  });
}
