import { answer, checkInput, updateMissed } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { DeleteFactoryTeamMemberInput } from '../generated/graphql.ts';
import { factoryTeamMember } from './factory-team-member.entity.ts';
import { deleteFactoryTeamMemberRules, placeFaults } from './factory-team-member.rules.ts';

export function deleteFactoryTeamMember(input: DeleteFactoryTeamMemberInput, context: FactoriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteFactoryTeamMemberRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.factoryTeamMember.deleteMany({ where });
    if (count === 0) throw await updateMissed(context, factoryTeamMember, id);
    return { deletedId: id };
  }, placeFaults);
}
