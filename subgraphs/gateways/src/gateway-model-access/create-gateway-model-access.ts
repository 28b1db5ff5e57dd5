import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { CreateGatewayModelAccessInput } from '../generated/graphql.ts';
import { gatewayModelAccess } from './gateway-model-access.entity.ts';
import { createGatewayModelAccessRules } from './gateway-model-access.rules.ts';

export function createGatewayModelAccess(input: CreateGatewayModelAccessInput, context: GatewaysContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createGatewayModelAccessRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createGatewayModelAccess', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.gatewayModelAccess.create({ data: { ...data, id: newId('GatewayModelAccess'), orgId } })).id),
    );
    return { gatewayModelAccess: await reload(context, gatewayModelAccess, id) };
  });
}
