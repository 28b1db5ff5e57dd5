import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { DeleteOrgUnitInput } from '../generated/graphql.ts';
import { orgUnit } from './org-unit.entity.ts';
import { deleteOrgUnitRules } from './org-unit.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: the unit has units below it or members; move or delete them first');

export function deleteOrgUnit(input: DeleteOrgUnitInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteOrgUnitRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.orgUnit.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, orgUnit, id);
    return { deletedId: id };
  });
}
