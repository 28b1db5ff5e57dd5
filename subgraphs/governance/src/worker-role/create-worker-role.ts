import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { CreateWorkerRoleInput } from '../generated/graphql.ts';
import { workerRole } from './worker-role.entity.ts';
import { createWorkerRoleRules } from './worker-role.rules.ts';

export function createWorkerRole(input: CreateWorkerRoleInput, context: GovernanceContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createWorkerRoleRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createWorkerRole', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.workerRole.create({ data: { ...data, id: newId('WorkerRole'), orgId } })).id),
    );
    return { workerRole: await reload(context, workerRole, id) };
  });
}
