import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { UpdatePositionInput } from '../generated/graphql.ts';
import { position } from './position.entity.ts';
import { positionFaults, updatePositionRules } from './position.rules.ts';

export function updatePosition(input: UpdatePositionInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updatePositionRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.position.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, position, id);
    return { position: await reload(context, position, id) };
  }, positionFaults);
}
