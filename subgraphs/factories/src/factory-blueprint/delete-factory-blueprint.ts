import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { DeleteFactoryBlueprintInput } from '../generated/graphql.ts';
import { factoryBlueprint } from './factory-blueprint.entity.ts';
import { deleteFactoryBlueprintRules } from './factory-blueprint.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: factories were provisioned from it; it stays for their history');

export function deleteFactoryBlueprint(input: DeleteFactoryBlueprintInput, context: FactoriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteFactoryBlueprintRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.factoryBlueprint.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, factoryBlueprint, id);
    return { deletedId: id };
  });
}
