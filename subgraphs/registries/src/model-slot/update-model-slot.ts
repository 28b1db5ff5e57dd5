import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { UpdateModelSlotInput } from '../generated/graphql.ts';
import { modelSlot } from './model-slot.entity.ts';
import { updateModelSlotRules } from './model-slot.rules.ts';

export function updateModelSlot(input: UpdateModelSlotInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateModelSlotRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.modelSlot.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, modelSlot, id);
    return { modelSlot: await reload(context, modelSlot, id) };
  });
}
