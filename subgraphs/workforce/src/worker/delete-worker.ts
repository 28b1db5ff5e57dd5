import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { DeleteWorkerInput } from '../generated/graphql.ts';
import { worker } from './worker.entity.ts';
import { deleteWorkerRules } from './worker.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: the worker manages or leads others, or has position assignments or unit memberships');

export function deleteWorker(input: DeleteWorkerInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteWorkerRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.worker.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, worker, id);
    return { deletedId: id };
  });
}
