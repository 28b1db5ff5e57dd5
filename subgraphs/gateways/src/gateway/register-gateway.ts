import { hashSecretKey, newSecretKey } from '@forge/auth';
import { actsFor, answer, checkInput, fault, newId, reload } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { RegisterGatewayInput } from '../generated/graphql.ts';
import { gateway } from './gateway.entity.ts';
import { registerGatewayRules } from './gateway.rules.ts';

const notItself = fault('FORBIDDEN', 'gatewayId', 'gatewayId: a runtime registers its own gateway alone');
const notForRuntimes = fault('FORBIDDEN', 'minTrustLevel', 'minTrustLevel: a runtime does not say whom to trust; who may write gateways does');

export function registerGateway(input: RegisterGatewayInput, context: GatewaysContext) {
  return answer(async () => {
    const { gatewayId, instanceId, ...said } = checkInput(registerGatewayRules, input);
    const { principal, prisma } = context;
    const isRuntime = !actsFor(principal, null, 'gateways:write');
    if (isRuntime && said.minTrustLevel !== undefined) throw notForRuntimes;
    const { orgId } = principal;
    const where = { orgId, gatewayId };
    const data = { ...said, ...(instanceId && { instanceId, registrationSource: 'SELF' as const }) };
    const token = newSecretKey('forge_gt_');
    const registered = await prisma.$transaction(async (tx) => {
      // Of those who come with a new gateway at once, one adds it; the others wait for that, and find it.
      if (!isRuntime) await tx.gateway.createMany({ data: [{ registrationSource: 'MANUAL', ...data, ...where, id: newId('Gateway') }], skipDuplicates: true });
      const row = await tx.gateway.findUnique({ where: { orgId_gatewayId: where }, select: { id: true } });
      if (!row || !actsFor(principal, row.id, 'gateways:write')) throw notItself;
      const { count } = await tx.gateway.updateMany({ where: { orgId, id: row.id, ...(isRuntime && { tokenHash: { not: null } }) }, data });
      // Deregistered since the runtime showed its token.
      if (count === 0) throw notItself;
      const made = await tx.gateway.updateMany({ where: { orgId, id: row.id, tokenHash: null }, data: { tokenHash: hashSecretKey(token) } });
      return { id: row.id, token: made.count > 0 ? token : null };
    });
    return { gateway: await reload(context, gateway, registered.id), token: registered.token };
  });
}
