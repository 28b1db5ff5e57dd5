import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { CreateFactoryTeamMemberInput } from '../generated/graphql.ts';
import { holdFactory } from '../factory/hold-factory.ts';
import { factoryTeamMember } from './factory-team-member.entity.ts';
import { createFactoryTeamMemberRules, placeFaults } from './factory-team-member.rules.ts';

export function createFactoryTeamMember(input: CreateFactoryTeamMemberInput, context: FactoriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, joinedAt, ...data } = checkInput(createFactoryTeamMemberRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createFactoryTeamMember', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        await holdFactory(tx, orgId, data.factoryId, 'takes in nobody');
        return (await tx.factoryTeamMember.create({ data: { ...data, joinedAt: joinedAt ?? new Date(), id: newId('FactoryTeamMember'), orgId } })).id;
      }),
    );
    return { factoryTeamMember: await reload(context, factoryTeamMember, id) };
  }, placeFaults);
}
