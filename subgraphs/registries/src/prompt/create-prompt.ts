import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { CreatePromptInput } from '../generated/graphql.ts';
import { prompt } from './prompt.entity.ts';
import { createPromptRules } from './prompt.rules.ts';

export function createPrompt(input: CreatePromptInput, context: RegistriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createPromptRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createPrompt', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.prompt.create({ data: { ...data, id: newId('Prompt'), orgId } })).id),
    );
    return { prompt: await reload(context, prompt, id) };
  });
}
