import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { DeleteFactoryAssignmentInput } from '../generated/graphql.ts';
import { factoryAssignment } from './factory-assignment.entity.ts';
import { deleteFactoryAssignmentRules } from './factory-assignment.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: LLM calls count for this work; it stays for their history');

export function deleteFactoryAssignment(input: DeleteFactoryAssignmentInput, context: FactoriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteFactoryAssignmentRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.factoryAssignment.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, factoryAssignment, id);
    return { deletedId: id };
  });
}
