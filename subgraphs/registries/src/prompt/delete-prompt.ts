import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { DeletePromptInput } from '../generated/graphql.ts';
import { prompt } from './prompt.entity.ts';
import { deletePromptRules } from './prompt.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: the prompt has versions, which stay');

export function deletePrompt(input: DeletePromptInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deletePromptRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.prompt.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, prompt, id);
    return { deletedId: id };
  });
}
