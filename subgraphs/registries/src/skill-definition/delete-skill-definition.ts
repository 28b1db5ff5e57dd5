import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { DeleteSkillDefinitionInput } from '../generated/graphql.ts';
import { skillDefinition } from './skill-definition.entity.ts';
import { deleteSkillDefinitionRules } from './skill-definition.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: gateways have registered the skill; deprecate it instead');

export function deleteSkillDefinition(input: DeleteSkillDefinitionInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteSkillDefinitionRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.skillDefinition.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, skillDefinition, id);
    return { deletedId: id };
  });
}
