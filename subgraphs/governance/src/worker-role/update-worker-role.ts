import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { UpdateWorkerRoleInput } from '../generated/graphql.ts';
import { workerRole } from './worker-role.entity.ts';
import { updateWorkerRoleRules } from './worker-role.rules.ts';

export function updateWorkerRole(input: UpdateWorkerRoleInput, context: GovernanceContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateWorkerRoleRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.workerRole.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, workerRole, id);
    return { workerRole: await reload(context, workerRole, id) };
  });
}
