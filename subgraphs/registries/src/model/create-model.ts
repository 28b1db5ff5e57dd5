import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { CreateModelInput } from '../generated/graphql.ts';
import { model } from './model.entity.ts';
import { createModelRules, providerOf } from './model.rules.ts';

export function createModel(input: CreateModelInput, context: RegistriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createModelRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createModel', key, input };
    const provider = providerOf(data.modelKey);
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.model.create({ data: { ...data, provider, id: newId('Model'), orgId } })).id),
    );
    return { model: await reload(context, model, id) };
  });
}
