import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { CreateSkillDefinitionInput } from '../generated/graphql.ts';
import { skillDefinition } from './skill-definition.entity.ts';
import { createSkillDefinitionRules } from './skill-definition.rules.ts';

export function createSkillDefinition(input: CreateSkillDefinitionInput, context: RegistriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createSkillDefinitionRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createSkillDefinition', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.skillDefinition.create({ data: { ...data, id: newId('SkillDefinition'), orgId } })).id),
    );
    return { skillDefinition: await reload(context, skillDefinition, id) };
  });
}
