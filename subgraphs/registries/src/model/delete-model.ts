import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { DeleteModelInput } from '../generated/graphql.ts';
import { model } from './model.entity.ts';
import { deleteModelRules } from './model.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: gateways have registered the model, or slots or routing rules name it; deprecate it instead');

export function deleteModel(input: DeleteModelInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteModelRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.model.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, model, id);
    return { deletedId: id };
  });
}
