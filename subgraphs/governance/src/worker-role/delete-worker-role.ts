import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { DeleteWorkerRoleInput } from '../generated/graphql.ts';
import { workerRole } from './worker-role.entity.ts';
import { deleteWorkerRoleRules } from './worker-role.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: approval policies wait for this role, or it has been lent to somebody; give those policies another role, and leave it on record');

export function deleteWorkerRole(input: DeleteWorkerRoleInput, context: GovernanceContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteWorkerRoleRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.workerRole.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, workerRole, id);
    return { deletedId: id };
  });
}
