import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { UpdateDepartmentInput } from '../generated/graphql.ts';
import { department } from './department.entity.ts';
import { departmentFaults, updateDepartmentRules } from './department.rules.ts';

export function updateDepartment(input: UpdateDepartmentInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateDepartmentRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.department.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, department, id);
    return { department: await reload(context, department, id) };
  }, departmentFaults);
}
