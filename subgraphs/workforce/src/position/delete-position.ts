import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { DeletePositionInput } from '../generated/graphql.ts';
import { position } from './position.entity.ts';
import { deletePositionRules } from './position.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: the position has assignments, past ones too; close it instead');

export function deletePosition(input: DeletePositionInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deletePositionRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.position.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, position, id);
    return { deletedId: id };
  });
}
