import type { Prisma } from '@forge/prisma-factories';
import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { FactoryAssignmentStatus, UpdateFactoryAssignmentInput } from '../generated/graphql.ts';
import { holdFactory } from '../factory/hold-factory.ts';
import { factoryAssignment } from './factory-assignment.entity.ts';
import { assigneeFaults, statusWith, updateFactoryAssignmentRules } from './factory-assignment.rules.ts';

export function updateFactoryAssignment(input: UpdateFactoryAssignmentInput, context: FactoriesContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateFactoryAssignmentRules, input);
    const { orgId } = context.principal;
    const where = { orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    await context.prisma.$transaction(async (tx) => {
      const moved = data.assigneeId === undefined ? {} : await columnWith(tx, orgId, id, data.assigneeId);
      const { count } = await tx.factoryAssignment.updateMany({ where, data: { ...data, ...moved } });
      if (count === 0) throw await updateMissed(context, factoryAssignment, id);
    });
    return { factoryAssignment: await reload(context, factoryAssignment, id) };
  }, assigneeFaults);
}

/** Which column the work belongs into with this assignee; its row is locked, so that nobody moves it in between. */
async function columnWith(tx: Prisma.TransactionClient, orgId: string, id: string, assigneeId: string | null): Promise<{ status?: FactoryAssignmentStatus }> {
  const [work] = await tx.$queryRaw<{ status: FactoryAssignmentStatus; factoryId: string }[]>`
    SELECT "status"::text, "factoryId" FROM "factoryAssignments" WHERE "orgId" = ${orgId} AND "id" = ${id} FOR UPDATE`;
  if (!work) return {};
  const status = statusWith(work.status, assigneeId);
  if (work.status === 'BACKLOG' && status === 'ASSIGNED') await holdFactory(tx, orgId, work.factoryId, 'takes no new work', 'id');
  return { status };
}
