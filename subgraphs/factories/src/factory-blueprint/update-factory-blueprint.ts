import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { UpdateFactoryBlueprintInput } from '../generated/graphql.ts';
import { factoryBlueprint } from './factory-blueprint.entity.ts';
import { updateFactoryBlueprintRules } from './factory-blueprint.rules.ts';

export function updateFactoryBlueprint(input: UpdateFactoryBlueprintInput, context: FactoriesContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateFactoryBlueprintRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.factoryBlueprint.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, factoryBlueprint, id);
    return { factoryBlueprint: await reload(context, factoryBlueprint, id) };
  });
}
