import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { DeleteFactoryTypeInput } from '../generated/graphql.ts';
import { factoryType } from './factory-type.entity.ts';
import { deleteFactoryTypeRules } from './factory-type.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: there are factories or blueprints of this type; delete its blueprints first, or rename it');

export function deleteFactoryType(input: DeleteFactoryTypeInput, context: FactoriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteFactoryTypeRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.factoryType.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, factoryType, id);
    return { deletedId: id };
  });
}
