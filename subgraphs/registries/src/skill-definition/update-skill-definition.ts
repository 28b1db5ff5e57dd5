import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { UpdateSkillDefinitionInput } from '../generated/graphql.ts';
import { skillDefinition } from './skill-definition.entity.ts';
import { updateSkillDefinitionRules } from './skill-definition.rules.ts';

export function updateSkillDefinition(input: UpdateSkillDefinitionInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateSkillDefinitionRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.skillDefinition.updateMany({ where, data: { ...data, version: { increment: 1 } } });
    if (count === 0) throw await updateMissed(context, skillDefinition, id);
    return { skillDefinition: await reload(context, skillDefinition, id) };
  });
}
