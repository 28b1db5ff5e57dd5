import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { UpdateFactoryInput } from '../generated/graphql.ts';
import { factory } from './factory.entity.ts';
import { updateFactoryRules } from './factory.rules.ts';

export function updateFactory(input: UpdateFactoryInput, context: FactoriesContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateFactoryRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.factory.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, factory, id);
    return { factory: await reload(context, factory, id) };
  });
}
