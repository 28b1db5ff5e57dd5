import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { UpdateFactoryTypeInput } from '../generated/graphql.ts';
import { factoryType } from './factory-type.entity.ts';
import { updateFactoryTypeRules } from './factory-type.rules.ts';

export function updateFactoryType(input: UpdateFactoryTypeInput, context: FactoriesContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateFactoryTypeRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.factoryType.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, factoryType, id);
    return { factoryType: await reload(context, factoryType, id) };
  });
}
