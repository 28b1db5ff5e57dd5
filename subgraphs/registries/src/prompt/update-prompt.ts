import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { UpdatePromptInput } from '../generated/graphql.ts';
import { prompt } from './prompt.entity.ts';
import { updatePromptRules } from './prompt.rules.ts';

export function updatePrompt(input: UpdatePromptInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updatePromptRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.prompt.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, prompt, id);
    return { prompt: await reload(context, prompt, id) };
  });
}
