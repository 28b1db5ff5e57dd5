import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { CreateWorkerInput } from '../generated/graphql.ts';
import { worker } from './worker.entity.ts';
import { createWorkerRules, workerFaults } from './worker.rules.ts';

export function createWorker(input: CreateWorkerInput, context: WorkforceContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createWorkerRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createWorker', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.worker.create({ data: { ...data, id: newId('Worker'), orgId } })).id),
    );
    return { worker: await reload(context, worker, id) };
  }, workerFaults);
}
