import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { UpdateWorkerInput } from '../generated/graphql.ts';
import { worker } from './worker.entity.ts';
import { workerFaults, updateWorkerRules } from './worker.rules.ts';

export function updateWorker(input: UpdateWorkerInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateWorkerRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.worker.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, worker, id);
    return { worker: await reload(context, worker, id) };
  }, workerFaults);
}
