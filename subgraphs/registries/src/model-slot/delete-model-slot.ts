import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { DeleteModelSlotInput } from '../generated/graphql.ts';
import { modelSlot } from './model-slot.entity.ts';
import { deleteModelSlotRules } from './model-slot.rules.ts';

export function deleteModelSlot(input: DeleteModelSlotInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteModelSlotRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.modelSlot.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, modelSlot, id);
    return { deletedId: id };
  });
}
