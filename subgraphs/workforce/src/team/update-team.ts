import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { UpdateTeamInput } from '../generated/graphql.ts';
import { team } from './team.entity.ts';
import { updateTeamRules } from './team.rules.ts';

export function updateTeam(input: UpdateTeamInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateTeamRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.team.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, team, id);
    return { team: await reload(context, team, id) };
  });
}
