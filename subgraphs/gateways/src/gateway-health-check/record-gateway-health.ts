import { actsFor, answer, checkInput, fault, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { RecordGatewayHealthInput } from '../generated/graphql.ts';
import { gatewayHealthCheck } from './gateway-health-check.entity.ts';
import { recordGatewayHealthRules } from './gateway-health-check.rules.ts';

export function recordGatewayHealth(input: RecordGatewayHealthInput, context: GatewaysContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...found } = checkInput(recordGatewayHealthRules, input);
    const { gatewayId, status } = found;
    const { principal } = context;
    const { orgId, kind } = principal;
    if (!actsFor(principal, gatewayId, 'gateways:write')) throw fault('FORBIDDEN', 'gatewayId', 'gatewayId: a runtime reports the health of its own gateway alone');
    const checkedAt = context.now();
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, { orgId, operation: 'recordGatewayHealth', key, input }, async () => {
        // A runtime that was deregistered a moment ago does not come back by its last report.
        const where = { orgId, id: gatewayId, ...(kind === 'gateway' && { tokenHash: { not: null } }) };
        const { count } = await tx.gateway.updateMany({ where, data: { status, lastSeenAt: checkedAt } });
        if (count === 0) throw fault('NOT_FOUND', 'gatewayId', 'gatewayId: leads to no Gateway');
        return (await tx.gatewayHealthCheck.create({ data: { ...found, id: newId('GatewayHealthCheck'), orgId, checkedAt } })).id;
      }),
    );
    return { gatewayHealthCheck: await reload(context, gatewayHealthCheck, id) };
  });
}
