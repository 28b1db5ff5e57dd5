import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { CreateTeamInput } from '../generated/graphql.ts';
import { team } from './team.entity.ts';
import { createTeamRules } from './team.rules.ts';

export function createTeam(input: CreateTeamInput, context: WorkforceContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createTeamRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createTeam', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.team.create({ data: { ...data, id: newId('Team'), orgId } })).id),
    );
    return { team: await reload(context, team, id) };
  });
}
