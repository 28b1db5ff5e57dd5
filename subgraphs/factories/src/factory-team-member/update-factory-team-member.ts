import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { UpdateFactoryTeamMemberInput } from '../generated/graphql.ts';
import { factoryTeamMember } from './factory-team-member.entity.ts';
import { placeFaults, updateFactoryTeamMemberRules } from './factory-team-member.rules.ts';

export function updateFactoryTeamMember(input: UpdateFactoryTeamMemberInput, context: FactoriesContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateFactoryTeamMemberRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.factoryTeamMember.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, factoryTeamMember, id);
    return { factoryTeamMember: await reload(context, factoryTeamMember, id) };
  }, placeFaults);
}
