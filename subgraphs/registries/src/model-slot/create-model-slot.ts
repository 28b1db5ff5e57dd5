import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { CreateModelSlotInput } from '../generated/graphql.ts';
import { modelSlot } from './model-slot.entity.ts';
import { createModelSlotRules } from './model-slot.rules.ts';

export function createModelSlot(input: CreateModelSlotInput, context: RegistriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createModelSlotRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createModelSlot', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.modelSlot.create({ data: { ...data, id: newId('ModelSlot'), orgId } })).id),
    );
    return { modelSlot: await reload(context, modelSlot, id) };
  });
}
