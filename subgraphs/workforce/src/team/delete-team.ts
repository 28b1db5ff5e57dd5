import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { DeleteTeamInput } from '../generated/graphql.ts';
import { team } from './team.entity.ts';
import { deleteTeamRules } from './team.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: the team has workers or positions; move them first');

export function deleteTeam(input: DeleteTeamInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteTeamRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.team.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, team, id);
    return { deletedId: id };
  });
}
