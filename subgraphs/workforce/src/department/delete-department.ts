import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { DeleteDepartmentInput } from '../generated/graphql.ts';
import { department } from './department.entity.ts';
import { deleteDepartmentRules } from './department.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: the department has departments below it or teams');

export function deleteDepartment(input: DeleteDepartmentInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteDepartmentRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.department.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, department, id);
    return { deletedId: id };
  });
}
