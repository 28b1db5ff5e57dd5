import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { CreateDepartmentInput } from '../generated/graphql.ts';
import { department } from './department.entity.ts';
import { createDepartmentRules } from './department.rules.ts';

export function createDepartment(input: CreateDepartmentInput, context: WorkforceContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createDepartmentRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createDepartment', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.department.create({ data: { ...data, id: newId('Department'), orgId } })).id),
    );
    return { department: await reload(context, department, id) };
  });
}
