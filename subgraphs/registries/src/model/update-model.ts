import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { RegistriesContext } from '../context.ts';
import type { UpdateModelInput } from '../generated/graphql.ts';
import { model } from './model.entity.ts';
import { updateModelRules } from './model.rules.ts';

export function updateModel(input: UpdateModelInput, context: RegistriesContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateModelRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.model.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, model, id);
    return { model: await reload(context, model, id) };
  });
}
